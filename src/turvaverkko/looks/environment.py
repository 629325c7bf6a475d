"""What every page template knows: components, texts, addresses, and the words of `words` and `markup`.

A filter over a constant is worked out once, when the template is compiled. So what depends on the
reader's language is a function, or a filter that takes the context.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.template.defaultfilters import linebreaks_filter, linebreaksbr
from django.templatetags.static import static
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from turvaverkko.looks import markup, texts, words

# What the frame asks of every page, and what it is when a page says nothing of it.
FRAME: Final = {"nav": "", "noindex": False, "htmx": False, "role_pages": ()}


class Components:
    """Draws `components/<name>.html`: a macro of that name, which sees what it is given and nothing else.

    A macro names its arguments, so a misspelled or a forgotten one is an error. Each is compiled once.
    """

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._known: dict[str, Callable[..., Markup]] = {}

    def __call__(self, name: str, /, **given: object) -> Markup:
        """Return the component drawn.

        Raises:
            TypeError: the component takes no such argument.
        """
        macro = self._known.get(name)
        if macro is None:
            module = self._env.get_template(f"components/{name}.html").module
            macro = self._known[name] = getattr(module, name)
        return macro(**given)


def url(name: str, /, *args: object) -> str:
    """Return the address of a view in the reader's language.

    Raises:
        NoReverseMatch: there is no such view.
    """
    if args:
        return reverse(name, args=args)
    return _address(name, get_language(), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@cache  # the frame of a page holds a dozen
def _address(name: str, _language: str | None, _urlconf: str, _prefix: str) -> str:
    return reverse(name)


@pass_context
def _language_name(_context: Context, code: str) -> str:
    return markup.language_name(code)


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "day": words.day_words,
    "dialled": words.dialled,
    "icon": markup.icon,
    "language_name": _language_name,
    "linebreaks": linebreaks_filter,
    "linebreaksbr": linebreaksbr,
    "long_date": words.long_date,
    "moment": words.moment_words,
    "num": words.isolated,
    "numbers": words.with_isolated_numbers,
    "phone": words.phone_link,
    "short_date": words.short_date,
    "weekday_on": markup.weekday_on,
    "weekday_short": words.weekday_short,
}
FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    "_": texts.said,
    "gettext": texts.said,
    "pgettext": texts.said_in,
    "ngettext": texts.counted,
    "npgettext": texts.counted_in,
    "age_range": words.age_range,
    "icon": markup.icon,
    "lang_attrs": markup.lang_attrs,
    "num": words.isolated,
    "phone": words.phone_link,
    "picture": markup.picture,
    "sign_words": markup.sign_words,
    "soon": markup.soon,
    "static": cache(static),
    "time_range": markup.time_range,
    "url": url,
}


def environment(**options: Any) -> Environment:  # noqa: ANN401 - Django hands on what Jinja takes
    """Make the environment; `TEMPLATES` names this function."""
    options |= {"undefined": StrictUndefined, "extensions": ["jinja2.ext.i18n"]}
    env = Environment(**options)  # noqa: S701 - Django's backend turns autoescape on
    env.newstyle_gettext = True  # type: ignore[attr-defined] # `trans` hands its values to the texts' functions
    env.filters |= FILTERS
    env.globals |= {**FRAME, **FUNCTIONS, "component": Components(env)}
    return env
