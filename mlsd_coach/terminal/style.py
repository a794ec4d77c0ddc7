"""Colours of the answer editor, by the sixteen names that every terminal theme defines."""

STYLE = {
    "title": "reverse",
    "title.name": "reverse bold",
    "stage": "bold",
    "dim": "ansibrightblack",
    "prompt": "bold",
    "context": "",
    "said": "ansiyellow",
    "note": "ansicyan",
    "total": "",
    "pace.steady": "ansigreen",
    "pace.closing": "ansiyellow bold",
    "pace.over": "ansired bold",
    "paused": "reverse",
    "notice": "ansicyan",
    "alarm": "ansired bold reverse",
    "key": "bold",
    "rule": "ansibrightblack",
}
