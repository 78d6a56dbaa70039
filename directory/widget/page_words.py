"""The words of the pages around the widget, the frame and the snippet writer, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from directory.disclosure import Language

PAGE_WORDS: Final[Mapping[Language, Mapping[str, Any]]] = {
    "en": {
        "around": "the page around it",
        "this": "this directory",
        "nothing": "Nothing in this list matches all of that.",
        "leave": "Leave this site",
        "leave_address": "https://www.weather.gov/",
        "title": "Put this search on your site",
        "intro": "Choose what it shows, press Show, and copy the lines into your page. No account, no key, no cost, no cookies.",
        "near": "Place to start with: ZIP code, town or state",
        "care": "Kind of care to start with",
        "any": "Any",
        "states": "Only places in these states: two letters each, such as CO WY. Empty: anywhere",
        "states_wrong": "Write states with two letters each, such as CO WY.",
        "host": "Name of your site, for “not by …”. Empty: its address",
        "language": "Language",
        "as_page": "As the page around it",
        "theme": "Light or dark",
        "themes": {"light": "Light", "dark": "Dark", "auto": "As the visitor's device"},
        "accent": "Color of buttons and links, such as #0a4f4b",
        "accent_wrong": "Write a color as # and six digits or letters a to f.",
        "accent_faint": "That color is too close to the background to be read. Choose another one.",
        "show": "Show",
        "preview": "How it looks",
        "preview_link": "Find treatment",
        "copy_these": "Copy one of these",
        "element": "Always the newest version",
        "fixed": "A fixed version, checked by your visitors' browsers (subresource integrity)",
        "frame": "A frame, for sites that forbid scripts, and where nobody who writes scripts for the page may touch the results",
        "policy": "If your site has a content security policy, it must allow:",
        "docs": "What it does for your visitors: crisis numbers stand first, places that pay us are marked before their "
        "names, paying changes no order, and nothing that your visitors type reaches anyone but this directory.",
    },
    "es": {
        "around": "la página que lo rodea",
        "this": "este directorio",
        "nothing": "Nada en esta lista coincide con todo eso.",
        "leave": "Salir de este sitio",
        "leave_address": "https://www.weather.gov/",
        "title": "Ponga esta búsqueda en su sitio",
        "intro": "Elija lo que muestra, pulse Mostrar y copie las líneas en su página. Sin cuenta, sin clave, sin costo, "
        "sin cookies.",
        "near": "Lugar para empezar: código postal, ciudad o estado",
        "care": "Tipo de atención para empezar",
        "any": "Cualquiera",
        "states": "Solo lugares de estos estados: dos letras cada uno, como CO WY. Vacío: en todas partes",
        "states_wrong": "Escriba cada estado con dos letras, como CO WY.",
        "host": "Nombre de su sitio, para «no de …». Vacío: su dirección",
        "language": "Idioma",
        "as_page": "Como la página que lo rodea",
        "theme": "Claro u oscuro",
        "themes": {"light": "Claro", "dark": "Oscuro", "auto": "Como el aparato del visitante"},
        "accent": "Color de botones y enlaces, como #0a4f4b",
        "accent_wrong": "Escriba un color con # y seis cifras o letras de la a a la f.",
        "accent_faint": "Ese color se parece demasiado al fondo y no se puede leer. Elija otro.",
        "show": "Mostrar",
        "preview": "Cómo se ve",
        "preview_link": "Buscar tratamiento",
        "copy_these": "Copie una de estas",
        "element": "Siempre la versión más nueva",
        "fixed": "Una versión fija, comprobada por los navegadores de sus visitantes (integridad de subrecursos)",
        "frame": "Un marco, para sitios que prohíben scripts y donde ningún script de la página debe tocar los resultados",
        "policy": "Si su sitio tiene una política de seguridad de contenido, debe permitir:",
        "docs": "Lo que hace por sus visitantes: los números de crisis van primero, los lugares que nos pagan están marcados "
        "antes de su nombre, pagar no cambia el orden, y lo que escriben sus visitantes solo llega a este directorio.",
    },
}
