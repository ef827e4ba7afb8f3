"""A form field that accepts a domain name, and marks the characters to change.

Run `python form_field.py 'www.exam_ple.com'`.
"""

import sys
from html import escape

import acmrules as acm


def clean(text: str) -> acm.Name:
    """Return the name that a visitor typed; raise `acm.InvalidName`."""
    return acm.parse_name(text.strip())


def rendered(text: str) -> str:
    """Return the field as HTML, with the fault below it if there is one."""
    field = f'<input name="domain" value="{escape(text)}"'
    try:
        clean(text)
    except acm.InvalidName as error:
        start, end = error.span
        marked = f"{escape(error.text[:start])}<mark>{escape(error.text[start:end])}</mark>"
        rest = escape(error.text[end:])
        hint = f'<p id="fault">{marked}{rest} {escape(error.reason)}</p>'
        return f'{field} aria-invalid="true" aria-describedby="fault">\n{hint}'
    return f"{field}>"


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        print(rendered(argument))
