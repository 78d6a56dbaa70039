"""The words of the desk in both languages; those of money, danger and the script stand with their own modules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from directory.disclosure import Language

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    # the page
    "title": ("Helpline desk", "Mesa de ayuda"),
    "around": ("Around the desk", "Alrededor de la mesa"),
    "staff_pages": ("Staff", "Personal"),
    "at_this_desk": ("Calls, openings, notes", "Llamadas, lugares libres, notas"),
    "back": ("Back to the desk", "Volver a la mesa"),
    "danger": ("Danger check", "Revisar peligro"),
    "end_call": ("End call", "Terminar"),
    "commands": ("Commands", "Comandos"),
    "palette_label": ("Type a command or a filter", "Escriba un comando o un filtro"),
    "search_region": ("Search", "Búsqueda"),
    "ask": ("What does the caller need, and where?", "¿Qué necesita la persona y dónde?"),
    "ask_hint": (
        "Words, a ZIP or a town. Or a phone number, a name, “code DT”, a listing id. Also “on the way to pueblo”, “not in town”.",
        "Palabras, un código postal o un pueblo. O un teléfono, un nombre, “código DT”, un id. “denver de camino a pueblo”.",
    ),
    "search": ("Search", "Buscar"),
    "first_step": (
        "First: is anyone in danger right now? Then type what the caller says.",
        "Primero: ¿hay alguien en peligro ahora? Después escriba lo que dice la persona.",
    ),
    "examples_say": ("The box understands, for example:", "La casilla entiende, por ejemplo:"),
    "examples": (
        "w pregnant meth medicaid 44102 | klonopin detox denver | suboxone spanish 80132 | 719-555-0142",
        "embarazada metanfetamina medicaid 44102 | desintoxicación klonopin denver | suboxone español 80132 | 719-555-0142",
    ),
    # the answer
    "filters": ("Filters", "Filtros"),
    "all_filters": ("All filters", "Todos los filtros"),
    "within": ("within", "a menos de"),
    "map": ("Map", "Mapa"),
    "not_in": ("Not in {town}", "No en {town}"),
    "without": ("Not: {what}", "Sin: {what}"),
    "instead": ("Or:", "O bien:"),
    "not_stated_by": ("{number} do not say", "{number} no lo dicen"),
    "nothing_found": (
        "Nothing fits all of this. Turn a filter off, or look farther away.",
        "Nada cumple con todo. Quite un filtro o busque más lejos.",
    ),
    "more_rows": ("Show more", "Mostrar más"),
    "found": ("{number} found", "{number} encontrados"),
    "no_one_found": ("Nothing found", "No se encontró nada"),
    "first": ("First: {name}.", "Primero: {name}."),
    "takes": ("Says it takes:", "Dice que acepta:"),
    "no_care": ("Kind of care not stated", "No indica el tipo de atención"),
    "no_phone": ("No phone number is listed.", "No hay un número de teléfono."),
    "more": ("More", "Más"),
    "transport_stated": ("It says it helps with transportation. Ask how.", "Dice que ayuda con el transporte. Pregunte cómo."),
    "transport_unstated": ("Help with transportation: not stated. Ask.", "Ayuda con el transporte: no se indica. Pregunte."),
    "whole_listing": ("Everything this listing says", "Todo lo que dice este listado"),
    "listing_id": ("Listing id", "Id del listado"),
    "desk_knows": ("What the desk knows", "Lo que sabe la mesa"),
    "found_by_id": ("Found by its listing id.", "Encontrado por el id del listado."),
    "found_by_key": ("Found by the key of its source.", "Encontrado por la clave de su fuente."),
    "unknown_key": ("No source has a record with that key.", "Ninguna fuente tiene un registro con esa clave."),
    "unknown_code": ("No service goes by that code. It was left out.", "Ningún servicio tiene ese código. No se usó."),
    "unread_way": (
        "We do not know the place after “on the way to”. It was left out.",
        "No conocemos el lugar después de “de camino a”. No se usó.",
    ),
    "along_the_way": (
        "along the way from {start} to {end}, up to {miles} miles off the straight line.",
        "en el camino de {start} a {end}, hasta {miles} millas a los lados de la línea recta.",
    ),
    "away_from_town": ("{near}, but not in {town} itself.", "{near}, pero no en {town}."),
    "unknown_place": (
        "We do not know that place. Try a ZIP code, or a town with its state.",
        "No conocemos ese lugar. Pruebe un código postal o un pueblo con su estado.",
    ),
    "bad_value": ("Part of the search cannot be used. Change it.", "Una parte de la búsqueda no se puede usar. Cámbiela."),
    "too_long": ("That is too much text. Use a few words.", "Es demasiado texto. Use pocas palabras."),
    # the shortlist
    "shortlist": ("Shortlist", "Lista corta"),
    "open_list": ("Read aloud, compare, hand over", "Leer, comparar, entregar"),
    "nothing_kept": (
        "Nothing here yet. Tick a place in the answer: up to eight.",
        "Nada todavía. Marque un lugar de la respuesta: hasta ocho.",
    ),
    "asked": ("Asked the place about", "Ya se preguntó por"),
    "asked_cost": ("cost", "costo"),
    "asked_insurance": ("insurance", "seguro"),
    "asked_wait": ("wait", "espera"),
    "asked_medicines": ("medicines", "medicinas"),
    "move_up": ("Move up", "Subir"),
    "move_down": ("Move down", "Bajar"),
    "remove": ("Remove", "Quitar"),
    "read_aloud": ("Read aloud", "Leer en voz alta"),
    "compare": ("Compare", "Comparar"),
    "hand_over": ("Hand over", "Entregar"),
    "in_language": ("In Spanish", "En inglés"),
    "empty_list": ("The list is empty.", "La lista está vacía."),
    "gone": (
        "No longer listed: {number}. Take them off the list.",
        "Ya no están: {number}. Quítelos de la lista.",
    ),
    "fact": ("Fact", "Dato"),
    "says_yes": ("Says yes", "Dice que sí"),
    "says_yes_part": ("Says yes: {program}", "Dice que sí: {program}"),
    "says_no": ("Says no", "Dice que no"),
    "unstated": ("Not stated", "No se indica"),
    "unsaid_by_all": ("None of them says anything about:", "Ninguno dice nada de:"),
    "money": ("Money", "Dinero"),
    "phone": ("Phone, and who answers", "Teléfono y quién contesta"),
    "where": ("Where", "Dónde"),
    "care": ("Kind of care", "Tipo de atención"),
    "hours": ("Hours", "Horario"),
    "open_24h": ("Day and night, as reported", "De día y de noche, según lo informado"),
    "source": ("Source", "Fuente"),
    "print": ("Print sheet", "Hoja para imprimir"),
    "pdf": ("PDF", "PDF"),
    "mail": ("E-mail", "Correo electrónico"),
    "text_message": ("Text message", "Mensaje de texto"),
    "text_paid_left": (
        "Paid places were left out of the text message: their label did not fit.",
        "Los lugares que pagan no están en el mensaje: su etiqueta no cabía.",
    ),
    "copy_it": ("Copy", "Copiar"),
    "copied": ("Copied.", "Copiado."),
    "as_text": ("As text, for e-mail", "Como texto, para correo"),
    "list_address": ("Address that opens this list again", "Dirección que abre esta lista de nuevo"),
    "list_address_says": (
        "It holds the listings alone, nothing about the caller.",
        "Contiene solo los listados, nada de la persona.",
    ),
    "desk_address": ("The same at this desk", "Lo mismo en esta mesa"),
    # danger
    "danger_title": ("Is anyone in danger right now?", "¿Hay alguien en peligro ahora?"),
    "withdrawal_title": ("Stopping can be dangerous. Say:", "Dejarlo puede ser peligroso. Diga:"),
    "text_to": ("Text:", "Texto:"),
    "danger_clear": ("Nobody is in danger", "Nadie está en peligro"),
    "in_other_language": ("En español", "In English"),
    # the call
    "end_question": ("End this call?", "¿Terminar esta llamada?"),
    "end_says": (
        "The search, the answer, the shortlist and its ticks are cleared from this page. Nothing of them was stored.",
        "La búsqueda, la respuesta y la lista se borran de esta página. Nada de eso se guardó.",
    ),
    "go_on": ("Go on with the call", "Seguir con la llamada"),
    "close": ("Close", "Cerrar"),
    # logging in
    "log_in": ("Log in", "Iniciar sesión"),
    "password_again": ("Your session has ended", "Su sesión terminó"),
    "nothing_lost": ("Log in again. Nothing on the page is lost.", "Inicie sesión otra vez. No se pierde nada de la página."),
    "sign_on": ("Log in with your work account", "Iniciar sesión con la cuenta de su trabajo"),
    "signed_on": ("I have logged in: go on", "Ya inicié sesión: seguir"),
    "login": ("Login", "Usuario"),
    "password": ("Password", "Contraseña"),
    "wrong_password": ("Login or password is wrong.", "El usuario o la contraseña no es correcto."),
    "too_many_tries": (
        "Too many wrong passwords. Wait a quarter of an hour, or ask a colleague to log in.",
        "Demasiadas contraseñas incorrectas. Espere un cuarto de hora o pida a un colega que inicie sesión.",
    ),
    # trouble
    "outage_list": (
        "The database cannot be read. This is the last good list. Say that you cannot check now who pays.",
        "No se puede leer la base de datos. Esta es la última lista buena. Diga que ahora no puede comprobar quién paga.",
    ),
    "no_answer": (
        "The directory cannot answer now. Your shortlist stays here. The lines above work at any time.",
        "El directorio no puede responder ahora. Su lista sigue aquí. Las líneas de arriba funcionan a toda hora.",
    ),
    "old_answer": ("What stands below is the last answer.", "Lo que sigue es la última respuesta."),
    "try_again": ("Try again", "Intentar de nuevo"),
    # keys
    "shortcuts": ("Keyboard shortcuts", "Atajos de teclado"),
    "shortcuts_say": (
        "Choose Change, then press the new keys. A shortcut needs Ctrl, Alt or ⌘, or one of F2 to F12.",
        "Elija Cambiar y oprima las teclas nuevas. Un atajo necesita Ctrl, Alt o ⌘, o una tecla de F2 a F12.",
    ),
    "shortcuts_on": ("Shortcuts are on", "Los atajos están activados"),
    "command": ("Command", "Comando"),
    "key": ("Keys", "Teclas"),
    "change": ("Change", "Cambiar"),
    "save": ("Save", "Guardar"),
    "shortcuts_reset": ("As they were at first", "Como al principio"),
    # practice
    "practice": ("Practice", "Práctica"),
    "stop_practice": ("Stop practicing", "Terminar la práctica"),
    "practice_title": ("Practice: these callers are made up", "Práctica: estas personas son inventadas"),
    "practice_says": (
        "The places are real; do not call them. Nothing that you do here is recorded.",
        "Los lugares son reales; no los llame. Nada de lo que haga aquí se registra.",
    ),
    "sample_call": ("Sample call", "Llamada de ejemplo"),
    "caller_says": ("The caller says:", "La persona dice:"),
    "goals": ("What to do:", "Qué hacer:"),
    "next_call": ("Next call", "Llamada siguiente"),
}
# What the scripts of the page say by themselves.
_SCRIPT_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "searching": ("Searching…", "Buscando…"),
    "kept": ("{name}: on the shortlist, {number} of 8.", "{name}: en la lista, {number} de 8."),
    "removed": ("{name}: off the shortlist.", "{name}: fuera de la lista."),
    "full": ("The shortlist is full: eight places.", "La lista está llena: ocho lugares."),
    "moved": ("{name} is number {number}.", "{name} es el número {number}."),
    "ended": ("The call has ended. Everything is cleared.", "La llamada terminó. Todo está borrado."),
    "checked": ("Danger check done.", "Peligro revisado."),
    "no_command": ("No command fits.", "Ningún comando coincide."),
    "filter": ("Filter: {label}", "Filtro: {label}"),
    "filter_off": ("Filter off: {label}", "Quitar filtro: {label}"),
    "press": ("Press the new keys, Escape to keep the old ones", "Oprima las teclas nuevas; Escape las deja igual"),
    "taken": ("These keys belong to: {command}", "Esas teclas son de: {command}"),
    "needs_modifier": (
        "A shortcut needs Ctrl, Alt or ⌘, or one of F2 to F12.",
        "Un atajo necesita Ctrl, Alt o ⌘, o una tecla de F2 a F12.",
    ),
    "not_saved": ("Not saved. The keys hold until you close the page.", "No se guardaron. Valen hasta cerrar la página."),
    "practised": ("{keys} keys, {seconds} seconds", "{keys} teclas, {seconds} segundos"),
    "off": ("off", "desactivado"),
    "change": ("Change", "Cambiar"),
    "command_danger": ("Danger check", "Revisar peligro"),
    "command_palette": ("All commands", "Todos los comandos"),
    "command_search": ("Go to the search box", "Ir a la casilla de búsqueda"),
    "command_results": ("Go to the answer", "Ir a la respuesta"),
    "command_shortlist": ("Go to the shortlist", "Ir a la lista"),
    "command_script": ("Read aloud", "Leer en voz alta"),
    "command_compare": ("Compare side by side", "Comparar lado a lado"),
    "command_handover": ("Hand over", "Entregar"),
    "command_language": ("Script in the other language", "Guion en el otro idioma"),
    "command_end": ("End call", "Terminar llamada"),
    "command_keys": ("Keyboard shortcuts", "Atajos de teclado"),
    "command_way": ("Along the way to another place", "En el camino a otro lugar"),
    "command_away": ("Not in the caller's own town", "Fuera del pueblo de la persona"),
    "command_up": ("Move the place up", "Subir el lugar"),
    "command_down": ("Move the place down", "Bajar el lugar"),
    "command_keep": ("Tick place {number}", "Marcar el lugar {number}"),
    "way_words": (" on the way to ", " de camino a "),
    "away_words": (" not in town", " fuera del pueblo"),
}


def _in(table: Mapping[str, tuple[str, str]], place: int) -> Mapping[str, str]:
    return {name: words[place] for name, words in table.items()}


WORDS: Final[Mapping[Language, Mapping[str, str]]] = {"en": _in(_WORDS, 0), "es": _in(_WORDS, 1)}
SCRIPT_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {"en": _in(_SCRIPT_WORDS, 0), "es": _in(_SCRIPT_WORDS, 1)}
