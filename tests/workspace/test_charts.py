"""Helm charts, and other templates of a walk."""

from acmrules.syntax.source import InputError
from acmrules.workspace.charts import Templates, chart_of


def test_a_file_belongs_to_the_nearest_chart(folder):
    """A chart is a directory with a `Chart.yaml`."""
    inner = folder / "infra" / "prod" / "charts" / "sub" / "templates"
    inner.mkdir(parents=True)
    (folder / "infra" / "prod" / "Chart.yaml").touch()
    (inner.parent / "Chart.yaml").touch()
    assert chart_of("infra/prod/charts/sub/templates/a.yaml") == "infra/prod/charts/sub"
    assert chart_of("infra/prod/values.yaml") == "infra/prod"
    assert chart_of("infra/a.yaml") is None
    assert chart_of("a.yaml") is None


def test_a_chart_is_listed_once(folder):
    """Each other template has a line of its own."""
    (folder / "infra" / "Chart.yaml").touch()
    found = Templates()
    for name in ("infra/a.yaml", "x.yaml", "infra/b.yaml"):
        found.add(InputError(name, "contains template syntax"))
    found.add_values("infra/values.yaml")
    found.add_values("values.yaml")
    chart, other = found.not_checked(())
    assert chart.located == (
        "infra/a.yaml: Helm chart `infra` is not rendered, and 3 files of it may use certificates:"
        " `helm template infra | acmrules check -`"
    )
    assert (other.file, other.why) == ("x.yaml", "contains template syntax (Jinja or Helm)")


def test_a_named_chart_is_an_error(folder):
    """Only the current directory is listed, as it may contain more than a chart."""
    (folder / "Chart.yaml").touch()
    (folder / "infra" / "Chart.yaml").touch()
    found = Templates()
    for name in ("infra/a.yaml", "b.yaml"):
        found.add(InputError(name, "contains template syntax"))
    error, listed = found.not_checked({"infra", "."})
    assert str(error) == "infra: is a Helm chart: check the output of `helm template infra`"
    assert listed.what == "Helm chart `.`"
