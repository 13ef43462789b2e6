"""The table of the README: the model and the baselines under every protocol.

    python benchmarks/accuracy.py -o out/accuracy               # run the protocols (takes long), print the table
    python benchmarks/accuracy.py -o out/accuracy --only cv     # some of them
    python benchmarks/accuracy.py -o out/accuracy --reuse       # print from what stands there already
    python benchmarks/accuracy.py -o out/accuracy --reuse --card models/default   # and write the model card

The corpora that the labels point at must be indexed (`stance corpus add`).
"""

import argparse
import sys
from pathlib import Path

from stance.evaluate.run import EvaluateRun
from stance.report import write_report
from stance.report.card import protocol_table, write_card
from stance.report.markdown import table_lines
from stance.report.summary import summarise
from stance.report.write import read_results

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "labels"
REFERENCE = [LABELS / "ungdc.csv"]
"""What is tested on under every protocol but `genre`."""
ALSO = [LABELS / "ungdc_more.csv", LABELS / "statements.csv"]
"""What is trained on besides."""
VOTES = ROOT.parent / "shared" / "votes" / "unga_votes_1990_2019.csv.gz"

RUNS = {
    "cv": {"labels": REFERENCE, "also": ALSO},
    "actor": {"labels": REFERENCE},
    "time": {"labels": REFERENCE},
    "genre": {"labels": [*REFERENCE, LABELS / "genres.csv"]},
    "curve": {"labels": REFERENCE},
    "ceiling": {"labels": REFERENCE},
    "votes": {"labels": REFERENCE, "also": ALSO, "votes": VOTES},
}


def tell(message: str) -> None:
    print(message, file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help="a folder for each protocol's report"
    )
    parser.add_argument("--only", nargs="+", choices=list(RUNS), default=list(RUNS), help="protocols to run")
    parser.add_argument("--reuse", action="store_true", help="do not run what has results already")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--card", type=Path, help="bundle to write the model card of")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    results = []
    for name in options.only:
        folder = options.output / name
        if not (options.reuse and (folder / "results.json").exists()):
            tell(f"protocol {name}")
            run = EvaluateRun(protocol=name, jobs=options.jobs, tell=tell, **RUNS[name])
            write_report(run().to_dict(), folder, force=True, tell=tell)
        results.append(read_results(folder / "results.json"))
    print("\n".join(table_lines(protocol_table(results))))
    for result in results:
        print(f"\n{result['protocol']['description']}:\n")
        print("\n".join(f"- {line}" for line in summarise(result)))
    if options.card is not None:
        tell(f"wrote {write_card(options.card, results)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
