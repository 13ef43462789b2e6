"""What a report says first: a few sentences for a reader who never saw the code."""

from collections.abc import Mapping
from typing import Any

from stance.report.words import MEASURES, figure, listed, name_of, out_of_ten, percent, span

POOLED = "all"

WORTH_TELLING = 0.05
"""A group is called weak if its accuracy lies so far below that of all pairs, the whole interval below it."""

TOLD = ("language", "genre", "region", "decade", "mention")
"""Dimensions that the summary looks for weak groups in."""

CORRELATIONS = ((0.2, "hardly"), (0.4, "weakly"), (0.6, "clearly"), (0.8, "strongly"), (1.1, "very strongly"))


def summarise(data: Mapping[str, Any]) -> list[str]:
    """Return the summary of a result, a sentence or two an item.

    Parameters
    ----------
    data : mapping
        ``to_dict`` of a result.
    """
    kinds = {
        "evaluation": evaluation,
        "agreement": agreement,
        "validity": validity,
        "comparison": comparison,
        "actors": actors,
    }
    return kinds[data["kind"]](data)


def evaluation(data: Mapping[str, Any]) -> list[str]:
    """Summarise an evaluation."""
    model, *others = data["systems"]
    named = model["named"]
    lines = []
    for target, of in named.items():
        if target != POOLED:
            reach = of["intervals"].get("accuracy")
            reach_words = f"; 95% interval {percent(reach[0])} to {percent(reach[1])}" if reach else ""
            lines.append(
                f"Right for {out_of_ten(of['accuracy'])} passages that refer to {name_of(target)} "
                f"({percent(of['accuracy'])} of {of['n']:,}{reach_words})."
            )
    pooled, every = named[POOLED], model["every"][POOLED]
    if others:
        best = max(others, key=lambda system: system["every"][POOLED]["macro_f1"])
        gain = 100 * (every["macro_f1"] - best["every"][POOLED]["macro_f1"])
        verdict = f"{gain:.0f} points better than" if gain >= 0.5 else "no better than"
        lines.append(
            f"Macro-F1 over all pairs is {figure(every['macro_f1'], 2)}: {verdict} the best of the simple methods "
            f"({best['title']}, {figure(best['every'][POOLED]['macro_f1'], 2)})."
        )
    scored = [entry for entry in pooled["classes"] if entry["f1"] is not None and entry["label"] != "absent"]
    if len(scored) > 1:
        weak, strong = (pick(scored, key=lambda entry: entry["f1"]) for pick in (min, max))
        lines.append(
            f"Weakest on {weak['label']} passages: it finds {percent(weak['recall'] or 0)} of them, and "
            f"{percent(weak['precision'] or 0)} of those it calls {weak['label']} are. "
            f"Strongest on {strong['label']} ones (F1 {figure(strong['f1'], 2)})."
        )
    lines += _weak_groups(data, pooled["accuracy"])
    lines += _confidence(data)
    return lines


def _weak_groups(data: Mapping[str, Any], overall: float) -> list[str]:
    weak, small = [], []
    for dimension in TOLD:
        for group in data["breakdowns"].get(dimension, []):
            if group["group"] == "not given":
                continue
            reach = group["intervals"].get("accuracy")
            words = f"{group['group']} ({data['dimensions'][dimension].lower()})"
            if group["small"]:
                small.append(words)
            elif reach and group["accuracy"] < overall - WORTH_TELLING and reach[1] < overall:
                weak.append(f"{words}: {percent(group['accuracy'])} right")
    lines = []
    if weak:
        lines.append(f"Trust it less for {'; '.join(weak)} – against {percent(overall)} for all.")
    if small:
        shown = small[:8] + ([f"{len(small) - 8} more"] if len(small) > 8 else [])
        lines.append(f"Too few passages to say how far to trust it for {listed(shown)}.")
    return lines


def _confidence(data: Mapping[str, Any]) -> list[str]:
    pooled = data["systems"][0]["named"][POOLED]
    lines = [
        f"Its probabilities are off by {100 * pooled['ece']:.1f} points on average: of the labels that it gives "
        "with 80%, about 8 of 10 should be right."
    ]
    points = {point["coverage"]: point for point in data["curves"]["risk_coverage"]["points"]}
    if 0.7 in points and 1.0 in points and points[1.0]["risk"] > 0:
        lines.append(
            f"If a person reads the 30% of which it is least sure, its errors on the rest fall from "
            f"{percent(points[1.0]['risk'])} to {percent(points[0.7]['risk'])}."
        )
    return lines


def agreement(data: Mapping[str, Any]) -> list[str]:
    """Summarise the agreement of annotation passes."""
    pooled = data["targets"][POOLED]
    lines = [
        f"{data['passages']:,} passages were labelled at least twice. The first and the last pass give the same "
        f"label for {percent(pooled['every']['agreement'])} of {pooled['every']['n']:,} pairs of passage and target."
    ]
    if (of := pooled.get("addressed")) is not None:
        lines.append(
            f"Where a pass sees the target addressed they agree on {percent(of['agreement'])} (Cohen's kappa "
            f"{figure(of['kappa'], 2)}, Krippendorff's alpha {figure(of['alpha'], 2)}). A model cannot be shown to be "
            "better than that on these labels."
        )
    lines.append(
        "Passes by the same kind of annotator measure how consistent the labels are, not whether other "
        "readers would agree."
    )
    return lines


def validity(data: Mapping[str, Any]) -> list[str]:
    """Summarise the comparison of stances and votes."""
    lines = []
    for target, of in data["targets"].items():
        if of["rho"] is None:
            continue
        strength = next(word for limit, word in CORRELATIONS if abs(of["rho"]) < limit)
        reach = f", 95% interval {span(of['interval'])}" if of["interval"] else ""
        lines.append(
            f"The stance toward {name_of(target)} that the model finds in the speeches of {of['states']} states goes "
            f"{strength} with the {of['scale']}: Spearman's rho {figure(of['rho'], 2)}{reach}."
        )
        labels = of["others"].get("labels")
        if labels is not None and labels["rho"] is not None:
            lines.append(
                f"The labels themselves give {figure(labels['rho'], 2)} ({labels['states']} states): "
                + (
                    "what is missing to 1 is less the model's fault than the distance between words and votes."
                    if abs(labels["rho"]) <= abs(of["rho"]) + 0.1
                    else "the model loses a part of what they show."
                )
            )
        region = of["others"]["region"]
        if region["rho"] is not None and abs(region["rho"]) > abs(of["rho"]):
            lines.append(
                f"Knowing only how a state's neighbours vote says more about its votes "
                f"(rho {figure(region['rho'], 2)})."
            )
    return lines


def comparison(data: Mapping[str, Any]) -> list[str]:
    """Summarise the comparison of two models."""
    found = data["groups"][POOLED]["differences"]["macro_f1"]
    difference, p = found["difference"], found["p"]
    points = f"{100 * abs(difference):.1f} points of macro-F1"
    if p < 0.05:
        first = f"B is {'better' if difference > 0 else 'worse'} than A by {points}"
    else:
        first = f"B differs from A by {points} {'up' if difference >= 0 else 'down'}, no more than chance would give"
    reach = (
        f"; 95% interval {span([100 * x for x in found['interval']], 1)} points" if found["interval"] else ""
    )
    lines = [f"{first} (p = {p:.4f}{reach}), on {data['pairs']:,} pairs of {data['documents']:,} documents."]
    test = data["mcnemar"]
    lines.append(
        f"B mends {test['only_b']:,} labels that A had wrong and breaks {test['only_a']:,} that A had right "
        f"(exact McNemar p = {test['p']:.4f})."
    )
    fell = [
        f"{MEASURES.get(name, name)} for {'all' if group == POOLED else name_of(group)}"
        for group, of in data["groups"].items()
        for name, one in of["differences"].items()
        if one["difference"] is not None and one["difference"] < 0 and one["p"] < 0.05
    ]
    if fell:
        lines.append(f"Lower with p < .05: {listed(fell)}.")
    gate = data["gate"]
    if gate["passed"] is not None:
        lines.append(
            "The gate is passed." if gate["passed"] else f"The gate is missed: {'; '.join(gate['missed'])}."
        )
    return lines


def actors(data: Mapping[str, Any]) -> list[str]:
    """Summarise stances of actors."""
    lines = [
        f"{data['statements']:,} stances of {len({row['actor'] for row in data['actors']}):,} actors toward "
        f"{listed([name_of(target) for target in data['targets']])}."
    ]
    for target in data["targets"]:
        rows = [row for row in data["actors"] if row["target"] == target]
        sure = sorted(
            (row for row in rows if row["low"] > 0 or row["high"] < 0), key=lambda row: row["estimate"]
        )
        critical = [row for row in sure if row["high"] < 0]
        supportive = [row for row in sure if row["low"] > 0][::-1]
        parts = [
            f"most {word}: {listed([_told(row) for row in side[:3]])}"
            for word, side in (("critical", critical), ("supportive", supportive))
            if side
        ]
        text = "; ".join(parts) if parts else "no actor's stance can be told from neutral"
        lines.append(f"Toward {name_of(target)}, {text}.")
    moved = [row for row in data["periods"] if row["p_change"] is not None and row["p_change"] > 0.95]
    for row in sorted(moved, key=lambda row: -abs(row["change"]))[:3]:
        lines.append(
            f"{name_of(row['actor'])[:60]} became more {'supportive of' if row['change'] > 0 else 'critical of'} "
            f"{name_of(row['target'])} in {row['period']} (by {figure(abs(row['change']), 2)}, probability "
            f"{percent(row['p_change'])})."
        )
    return lines


def _told(row: Mapping[str, Any]) -> str:
    return f"{str(row['name'])[:60]} ({figure(row['estimate'], 2)}, {row['n']:,} statements)"
