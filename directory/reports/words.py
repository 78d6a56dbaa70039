"""The words of the report form in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from directory.disclosure import Language
from directory.store.corrections.cases import CaseKind

KINDS: Final[Mapping[Language, Mapping[CaseKind, str]]] = {
    "en": {
        CaseKind.WRONG_PHONE: "The phone number is wrong, or somebody else answers",
        CaseKind.CLOSED: "The place has closed or moved",
        CaseKind.FULL: "The place is full or has a long wait",
        CaseKind.NOT_AS_STATED: "It is not what the listing says",
        CaseKind.UNDISCLOSED_PAYMENT: "Somebody was paid, and the listing does not say so",
        CaseKind.CORRECTION: "I work for this place and want to correct, dispute or close its listing",
    },
    "es": {
        CaseKind.WRONG_PHONE: "El número de teléfono está mal o contesta otra persona",
        CaseKind.CLOSED: "El lugar cerró o se mudó",
        CaseKind.FULL: "El lugar está lleno o hay que esperar mucho",
        CaseKind.NOT_AS_STATED: "No es lo que dice el listado",
        CaseKind.UNDISCLOSED_PAYMENT: "Alguien recibió dinero y el listado no lo dice",
        CaseKind.CORRECTION: "Trabajo en este lugar y quiero corregir, discutir o cerrar su listado",
    },
}
WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "title": "Report a problem",
        "about": "This is about",
        "health": "Do not tell us about your health. Do not write a name of a patient.",
        "who": "A person on our staff reads this. We do not answer emergencies here: call 911, or 988 in a crisis.",
        "kind": "What is wrong?",
        "text": "What should we know? (optional for a wrong number, a closed or a full place)",
        "text_hint": "At most 2,000 letters.",
        "reply": "E-mail address for a reply (optional)",
        "reply_hint": "Deleted when the report closes, after 30 days at the latest.",
        "trap": "Leave this field empty",
        "send": "Send the report",
        "thanks": "Thank you. The report has arrived.",
        "thanks_more": "Somebody will look at it. We check with the place, or with another source, before we change anything.",
        "back": "Back to the listing",
        "wrong_text": "Say in a few words what is wrong, in at most 2,000 letters.",
        "wrong_reply_address": "That is no e-mail address. You can leave it empty.",
        "wrong_kind": "Choose what is wrong.",
        "wrong_form": "This form was open for too long, or sent too fast. Please send it again.",
        "wrong_": "Too many reports have come in. Please try again in an hour.",
    },
    "es": {
        "title": "Avisar de un problema",
        "about": "Se trata de",
        "health": "No nos cuente sobre su salud. No escriba el nombre de ningún paciente.",
        "who": "Esto lo lee una persona de nuestro equipo. Aquí no atendemos emergencias: llame al 911, o al 988 en una crisis.",
        "kind": "¿Qué está mal?",
        "text": "¿Qué debemos saber? (opcional si el número está mal, o si el lugar cerró o está lleno)",
        "text_hint": "Como máximo 2,000 letras.",
        "reply": "Correo electrónico para responderle (opcional)",
        "reply_hint": "Se borra al cerrar el aviso, a más tardar a los 30 días.",
        "trap": "Deje este campo vacío",
        "send": "Enviar el aviso",
        "thanks": "Gracias. El aviso llegó.",
        "thanks_more": "Alguien lo revisará. Antes de cambiar algo, lo comprobamos con el lugar o con otra fuente.",
        "back": "Volver al listado",
        "wrong_text": "Diga en pocas palabras qué está mal, en 2,000 letras como máximo.",
        "wrong_reply_address": "Eso no es un correo electrónico. Puede dejarlo vacío.",
        "wrong_kind": "Elija qué está mal.",
        "wrong_form": "El formulario estuvo abierto demasiado tiempo o se envió demasiado rápido. Envíelo otra vez.",
        "wrong_": "Han llegado demasiados avisos. Inténtelo de nuevo en una hora.",
    },
}
