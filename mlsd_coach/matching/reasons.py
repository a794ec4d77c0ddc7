"""Signs that a thing is reasoned and not only named: a reason, a number, a consequence, a comparison, a condition."""

import re
from dataclasses import dataclass

from mlsd_coach.matching.text import Text

_CAUSE = re.compile(
    r"\b(?:because|since (?!yesterday|last|\d)|as (?:it|they|this|that|the|we) (?:\w+ ){0,3}(?:is|are|would"
    r"|will|can|has|have)"
    r"|so that|so (?:we|i|the|it|they|that|this|users?|people|you|a|our|new|no|each|every|there|one)\b"
    r"|that is why|that's why"
    r"|this is why|the reason|reasons?\b|why\b|due to|owing to|thanks to|given that|given (?:the|our|how)"
    r"|therefore|hence"
    r"|thus|as a result|which (?:is|means|makes|lets|gives|keeps|would|could|can|will|helps|hurts|costs|leads"
    r"|also|avoids"
    r"|allows|tells|matters|removes|prevents|stops|leaves|breaks|biases?|turns)|meaning|means?\b(?! (?:and|of"
    r"|value|absolute"
    r"|squared|average|reciprocal))|otherwise|or else|cause\b|cuz)\b"
)
_PURPOSE = re.compile(
    r"\b(?:in order to|(?:to|and) (?:avoid|prevent|keep|make sure|ensure|reduce|protect|stop|catch|guard|save"
    r"|limit|see if"
    r"|see whether|know|not)|helps?|lets? (?:us|the|me|it|new)|allows?|enables?|makes? (?:it|sure|the)|for (?:fairness"
    r"|safety|speed|stability)|tells? (?:us|me|you))\b"
)
_CONTRAST = re.compile(
    r"\b(?:rather than|instead of|compared (?:to|with)|versus|vs|whereas|while (?:the|a|an|it|they|it's)"
    r"|at the (?:cost|"
    r"expense|price) of|trade ?offs?|trad(?:es?|ing) off|the (?:cost|price|downside|catch|risk|drawback|problem"
    r"|danger|point"
    r"|upside) (?:is|being|of|here)|costs?|cheaper|faster|slower|better|worse|more expensive|more accurate"
    r"|stronger|weaker"
    r"|higher|lower|bigger|smaller|less|fewer|easier|harder|but|although|even though|however|unlike|not just|not only"
    r"|too (?:\w+)|would (?:never|miss|lose|hurt|drown|bias|leak|learn|dominate|break|take|cost|only|not)|loses?|hurts?"
    r"|biased|misleads?|expensive|dominates?|drowns?)\b"
)
_CONDITION = re.compile(
    r"\b(?:if|unless|when(?:ever)?|once|until|as soon as|in case|only (?:if|when|after)|depends? on)\b"
)
_EXAMPLE = re.compile(r"\b(?:for example|for instance|e g|eg|such as|say|like when|imagine|suppose)\b")
_ARROW = re.compile(r"->|=>|→|⇒")
_FOLLOWS = re.compile(
    r"^(?:and |but )?(?:because|so|that way|this way|that means|this means|which|otherwise|that is|this is|that's|it's "
    r"because|the reason|therefore|hence|thus|that lets|this lets|this keeps|that keeps|that gives|this gives"
    r"|it (?:lets"
    r"|keeps|avoids|means|helps|gives|costs)|they (?:would|will|are)|without (?:it|this|that))\b"
)


@dataclass(frozen=True, slots=True)
class Reasons:
    """How many signs of each sort stand in a run of words."""

    cause: int = 0
    purpose: int = 0
    contrast: int = 0
    condition: int = 0
    example: int = 0
    number: int = 0

    @property
    def total(self) -> int:
        """All signs together."""
        return self.cause + self.purpose + self.contrast + self.condition + self.example + self.number


def find_reasons(text: Text, first: int, last: int) -> Reasons:
    """Count the signs of reasoning among words `first` to `last` of an answer."""
    if first >= last:
        return Reasons()
    line = " ".join(word.folded for word in text.words[first:last])
    raw = text.raw[text.words[first].start : text.words[last - 1].end]
    numbers = sum(
        1
        for quantity in text.quantities
        if first <= quantity.first < last and (quantity.kind != "count" or quantity.value >= 3)
    )
    return Reasons(
        cause=len(_CAUSE.findall(line)) + len(_ARROW.findall(raw)),
        purpose=len(_PURPOSE.findall(line)),
        contrast=len(_CONTRAST.findall(line)),
        condition=len(_CONDITION.findall(line)),
        example=len(_EXAMPLE.findall(line)),
        number=numbers,
    )


def goes_on(text: Text, segment: int) -> bool:
    """Tell whether a segment gives the reason for the one before it ("Because ...", "That way ...")."""
    if segment >= len(text.segments):
        return False
    run = text.segments[segment]
    line = " ".join(word.folded for word in text.words[run.first : min(run.last, run.first + 5)])
    return bool(_FOLLOWS.match(line))
