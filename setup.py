"""What pyproject.toml cannot say: the shipped model lies beside the package and goes into the wheel inside it."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["stance", "stance.*"]), "stance.models"],
    package_dir={"stance.models": "models"},
    package_data={
        "stance": [
            "py.typed",
            *("**/*." + suffix for suffix in ("toml", "csv", "json", "txt", "npz", "j2", "css", "js")),
        ],
        "stance.models": ["default/*", "*.md"],
    },
)
