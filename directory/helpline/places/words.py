"""The words of these pages in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from directory.disclosure import Language
from directory.store.desk.findings import CallKind
from directory.store.desk.intake import IntakeKind

OUTCOMES: Final[Mapping[CallKind, tuple[str, str]]] = {
    CallKind.REACHED: ("They answered; the listing is right", "Contestaron; el listado está bien"),
    CallKind.TAKES_MEDICAID: ("They take Medicaid", "Aceptan Medicaid"),
    CallKind.WAITS: ("There is a wait", "Hay espera"),
    CallKind.FULL: ("Full", "Lleno"),
    CallKind.NO_ANSWER: ("Nobody answered", "Nadie contestó"),
    CallKind.DISCONNECTED: ("Number not in service", "Número fuera de servicio"),
    CallKind.NO_MEDICAID: ("They do not take Medicaid", "No aceptan Medicaid"),
    CallKind.CLOSED: ("The place has closed", "El lugar cerró"),
}
INTAKE: Final[Mapping[IntakeKind, tuple[str, str]]] = {
    IntakeKind.HOURS: ("Intake hours", "Horario de admisión"),
    IntakeKind.WALK_IN: ("Walk-in times", "Sin cita"),
    IntakeKind.WHO: ("Who qualifies", "Quién califica"),
    IntakeKind.DOCUMENTS: ("Documents to bring", "Documentos que llevar"),
    IntakeKind.TRANSPORT: ("Getting there", "Cómo llegar"),
    IntakeKind.NOTE: ("Note", "Nota"),
}
NEEDS: Final[Mapping[str, tuple[str, str]]] = {
    "detox": ("Detox", "Desintoxicación"),
    "residential": ("Residential or inpatient", "Residencial o internación"),
    "outpatient": ("Outpatient", "Ambulatorio"),
    "medication": ("Medication for opioids or alcohol", "Medicinas para opioides o alcohol"),
    "mental_health": ("Mental health care", "Salud mental"),
    "groups": ("Groups and meetings", "Grupos y reuniones"),
    "supplies": ("Naloxone and safer-use supplies", "Naloxona y material más seguro"),
    "paying": ("Help with paying", "Ayuda para pagar"),
    "other": ("Something else", "Otra cosa"),
}
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    # the panel of a place
    "title": ("What the desk knows", "Lo que sabe la mesa"),
    "for_staff": ("For staff. Nothing about a caller belongs here.", "Para el personal. Aquí no va nada de quien llama."),
    "readers_hear": ("Readers hear:", "El público lee:"),
    "own_id": ("Own id: {key} ({feed})", "Id propio: {key} ({feed})"),
    "found_by_own_id": ("Found by the id in your own list.", "Encontrado por el id de su propia lista."),
    "calls": ("Calls of the last 30 days", "Llamadas de los últimos 30 días"),
    "no_calls": ("None recorded.", "Ninguna registrada."),
    "call_line": ("{what} · {number} · {day}, {who}", "{what} · {number} · {day}, {who}"),
    "wait_of": ("{what}: {days} days", "{what}: {days} días"),
    "waits_for_editor": ("Staff only until an editor confirms it.", "Solo para el personal hasta que un editor lo confirme."),
    "record": ("Record a call", "Registrar una llamada"),
    "number_called": ("Number called", "Número llamado"),
    "what_came": ("What came of it?", "¿Qué resultó?"),
    "days": ("Days of waiting", "Días de espera"),
    "go_on": ("Go on", "Continuar"),
    "sure": ("Record this?", "¿Registrar esto?"),
    "do_record": ("Record it", "Registrar"),
    "go_back": ("Go back", "Volver"),
    "recorded": ("Recorded: {what}.", "Registrado: {what}."),
    "undo": ("Undo (within 60 seconds)", "Deshacer (en 60 segundos)"),
    "undone": ("Taken back.", "Deshecho."),
    "kept": ("Kept.", "Guardado."),
    "taken_away": ("Taken away.", "Quitado."),
    "no_number": ("No phone number is listed, so no call can be recorded.", "No hay teléfono, así que no se registran llamadas."),
    # openings
    "openings": ("Openings", "Lugares libres"),
    "places_free": ("Places free now (0 is full)", "Lugares libres ahora (0 es lleno)"),
    "tell": ("Tell the desk", "Avisar a la mesa"),
    "no_openings": (
        "Nobody has told us of openings in the last 24 hours.",
        "Nadie nos avisó de lugares libres en las últimas 24 horas.",
    ),
    "board": ("Openings board", "Tablero de lugares libres"),
    "board_says": (
        "What places and staff told us in the last 24 hours. It fades after that. Call before you promise anything.",
        "Lo que dijeron lugares y personal en las últimas 24 horas. Después se borra. Llame antes de prometer algo.",
    ),
    # intake facts
    "intake": ("Intake facts", "Datos de admisión"),
    "intake_line": ("{who}, {day}; until {until}", "{who}, {day}; hasta {until}"),
    "no_intake": ("None yet.", "Ninguno todavía."),
    "add_fact": ("Add a fact", "Añadir un dato"),
    "about": ("About", "Sobre"),
    "fact_text": ("Fact (at most 300 letters)", "Dato (300 letras como máximo)"),
    "fact_hint": ("About the place only. Nothing about a caller.", "Solo sobre el lugar. Nada de quien llama."),
    "lasts": ("Shown for", "Se muestra"),
    "lasts_days": ("{days} days", "{days} días"),
    "keep": ("Keep it", "Guardar"),
    "take_away": ("Take away", "Quitar"),
    # priority admission
    "priority": ("Priority admission", "Admisión prioritaria"),
    "rule": ("Rule: {rule}", "Regla: {rule}"),
    "funded": ("This place says that public money pays for it.", "Este lugar dice que lo paga dinero público."),
    # the weekly report
    "count": ("Count a call", "Contar una llamada"),
    "count_says": (
        "Tick what this call was about, if you like. Each tick adds one to the counts of the week. Nothing of the call is kept.",
        "Marque de qué trató la llamada, si quiere. Cada marca suma uno en la semana. No se guarda nada de la llamada.",
    ),
    "given": ("Listings given", "Listados entregados"),
    "need": ("Need", "Necesidad"),
    "met": ("Met", "Atendida"),
    "unmet": ("Not met", "No atendida"),
    "not_asked": ("Not asked", "No se pidió"),
    "where": ("ZIP or town (only its county is counted)", "Código postal o pueblo (solo se cuenta su condado)"),
    "count_it": ("Count this call", "Contar esta llamada"),
    "counted": ("Counted. Nothing of the call was kept.", "Contada. No se guardó nada de la llamada."),
    "report": ("Weekly report", "Informe semanal"),
    "report_says": (
        "Counted by staff at this desk, one dimension at a time. No number under 11 is written: small ones stand together as "
        "“others”, or are left out. A week appears when it is over.",
        "Contado por el personal de esta mesa, una dimensión a la vez. No se escribe ningún número menor de 11: los pequeños van "
        "juntos como «otros», o no aparecen. Cada semana aparece cuando termina.",
    ),
    "week_of": ("Week of {day}", "Semana del {day}"),
    "by_need": ("By kind of need", "Por tipo de necesidad"),
    "by_county": ("By county", "Por condado"),
    "county": ("County", "Condado"),
    "others": ("Others together", "Otros juntos"),
    "sum": ("All", "Todo"),
    "no_county": ("Not said where", "No se dijo dónde"),
    "too_few": ("not shown", "no se muestra"),
    "no_weeks": ("No week has a report yet.", "Todavía no hay informes."),
    "as_csv": ("As CSV", "Como CSV"),
    "show": ("Show", "Mostrar"),
    # what can go wrong
    "wrong_number": ("Choose the number that you called.", "Elija el número que llamó."),
    "wrong_kind": (
        "Choose one. The same outcome twice within ten minutes is one call.",
        "Elija uno. Lo mismo dos veces en diez minutos es una llamada.",
    ),
    "wrong_days": ("A wait is a number of days from 1 to 365.", "La espera es un número de días de 1 a 365."),
    "wrong_undo": ("More than a minute has passed. An editor can strike it.", "Pasó más de un minuto. Un editor puede anularlo."),
    "wrong_places": ("A number from 0 to 500.", "Un número de 0 a 500."),
    "wrong_text": (
        "Write something, in at most 300 letters; a place can have 20 facts.",
        "Escriba algo, en 300 letras como máximo; caben 20 datos.",
    ),
    "wrong_lasts": ("Choose for how long.", "Elija por cuánto tiempo."),
    "wrong_given": ("A number from 0 to 50.", "Un número de 0 a 50."),
    "wrong_needs": ("Choose met or not met for each need.", "Marque en cada fila si se atendió o no."),
    "wrong_where": (
        "We do not know that place. Leave it empty, or write a ZIP code.",
        "No conocemos ese lugar. Déjelo vacío o escriba un código postal.",
    ),
    "wrong_": ("This can no longer be done. Look again.", "Esto ya no se puede hacer. Mire de nuevo."),
}


def _of(table: Mapping[str, tuple[str, str]], place: int) -> Mapping[str, str]:
    return {str(name): words[place] for name, words in table.items()}


def _all(place: int) -> Mapping[str, str]:
    groups = {
        "outcome": {kind.value: words for kind, words in OUTCOMES.items()},
        "fact": {kind.value: words for kind, words in INTAKE.items()},
        "need": NEEDS,
    }
    named = {f"{group}_{name}": words for group, table in groups.items() for name, words in table.items()}
    return _of({**_WORDS, **named}, place)


PLACE_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {"en": _all(0), "es": _all(1)}
