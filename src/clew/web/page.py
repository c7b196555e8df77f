"""The protocol as a page a person can read: plain HTML from the OpenAPI document, no script, nothing from elsewhere."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final

Node = Mapping[str, Any]

STYLE: Final = """
:root { color-scheme: dark; --ground: #14110f; --stone: #2a2521; --lit: #4a4038; --torch: #ffb454; --ink: #f2e9df;
  --soft: #a89a8c; --blood: #ff8a8d; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 24px 16px 96px; }
h1, h2, h3 { line-height: 1.2; } h2 { margin-top: 48px; color: var(--torch); }
a { color: var(--torch); } p, li { max-width: 72ch; }
code { font: 14px/1.4 ui-monospace, monospace; background: var(--stone); padding: 1px 4px; border-radius: 4px; }
details { background: var(--stone); border-radius: 6px; margin: 8px 0; padding: 0 16px; }
details code { background: var(--ground); }
summary { cursor: pointer; padding: 12px 0; } summary:focus-visible { outline: 2px solid var(--torch); }
.method { display: inline-block; min-width: 64px; font-weight: 700; color: var(--torch); }
.soft { color: var(--soft); } .error { color: var(--blood); }
table { width: 100%; border-collapse: collapse; margin: 8px 0 16px; } caption { text-align: left; color: var(--soft); }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-top: 1px solid var(--lit); }
.wide { overflow-x: auto; }
"""


def readable_page(document: Node) -> str:
    """The whole page."""
    info = document["info"]
    operations = [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    sections = "".join(
        _section(tag, [o for o in operations if tag["name"] in o[2].get("tags", ())]) for tag in document["tags"]
    )
    shapes = "".join(_shape(name, schema) for name, schema in sorted(document["components"]["schemas"].items()))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(info["title"])} protocol</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/icon.svg">'
        f"<style>{STYLE}</style></head><body><main>"
        f"<h1>{escape(info['title'])} {escape(info['version'])}</h1>"
        f'<p><a href="/">Play</a> · <a href="/schema/openapi.json">openapi.json</a></p>'
        f"{_prose(info['description'])}{sections}<h2>Shapes</h2>{shapes}</main></body></html>"
    )


def _section(tag: Node, operations: Iterable[tuple[str, str, Node]]) -> str:
    calls = "".join(_operation(*operation) for operation in operations)
    return f"<h2>{escape(tag['name'])}</h2>{_prose(tag.get('description', ''))}{calls}"


def _operation(path: str, method: str, operation: Node) -> str:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    title = (
        f'<summary><span class="method">{method.upper()}</span> <code>{escape(path)}</code> '
        f'<span class="soft">{escape(operation.get("summary", ""))}</span></summary>'
    )
    parts = [
        title,
        _prose(operation.get("description", "")),
        f"<p>Needs a token: {'yes' if operation.get('security') else 'no'}.</p>",
        _parameters(operation.get("parameters", ())),
        f"<p>Body: {_type(body)}</p>" if body else "",
        _answers(operation["responses"]),
    ]
    return f'<details id="{escape(operation["operationId"])}">{"".join(parts)}</details>'


def _parameters(parameters: Iterable[Node]) -> str:
    rows = [
        (f"<code>{escape(p['name'])}</code>", escape(p["in"]), _type(p["schema"]), escape(p.get("description", "")))
        for p in parameters
    ]
    return _table("Parameters", rows) if rows else ""


def _answers(responses: Node) -> str:
    def row(status: str, answer: Node) -> tuple[str, str, str]:
        contents: Mapping[str, Node] = answer.get("content", {})
        shape = next((_type(content["schema"]) for content in contents.values()), "–")
        is_error = status >= "400"
        mark = f'<span class="error">{status}</span>' if is_error else status
        return mark, _inline(answer.get("description", "")), shape

    return _table("Answers", [row(str(status), answer) for status, answer in sorted(responses.items())])


def _shape(name: str, schema: Node) -> str:
    required = set(schema.get("required", ()))
    rows = [
        (f"<code>{escape(field)}</code>", _type(of), "always" if field in required else "may be left out")
        for field, of in schema.get("properties", {}).items()
    ]
    title = f"<summary><code>{escape(name)}</code></summary>"
    about = _prose(schema.get("description", ""))
    return f'<details id="{escape(name)}">{title}{about}{_table("", rows)}</details>'


def _type(schema: Node) -> str:
    """One line of HTML for a schema."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[-1])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema or "oneOf" in schema:
        return " or ".join(_type(option) for option in schema.get("anyOf", schema.get("oneOf", ())))
    if "enum" in schema:
        return " | ".join(f"<code>{escape(str(value))}</code>" for value in schema["enum"])
    if "const" in schema:
        return f"<code>{escape(str(schema['const']))}</code>"
    if "prefixItems" in schema:
        return " and ".join(_type(each) for each in schema["prefixItems"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    kind: str | list[str] = schema.get("type", "anything")
    text = kind if isinstance(kind, str) else " or ".join(kind)
    limits = [
        f"{word} {schema[key]}"
        for key, word in (("minimum", "≥"), ("maximum", "≤"), ("minLength", "length ≥"), ("maxLength", "length ≤"))
        if key in schema
    ]
    return escape(", ".join([text, *limits]))


def _table(caption: str, rows: Iterable[tuple[str, ...]]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="wide"><table><caption>{escape(caption)}</caption><tbody>{body}</tbody></table></div>'


def _prose(markdown: str) -> str:
    """Paragraphs, lists and code: all the markdown our own descriptions use."""
    blocks: list[str] = []
    for block in markdown.strip().split("\n\n"):
        lines = block.splitlines()
        if lines and all(line.startswith("- ") for line in lines):
            blocks.append(f"<ul>{''.join(f'<li>{_inline(line[2:])}</li>' for line in lines)}</ul>")
        elif lines:
            blocks.append(f"<p>{_inline(' '.join(lines))}</p>")
    return "".join(blocks)


def _inline(text: str) -> str:
    parts = escape(text).replace("``", "`").split("`")
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))
