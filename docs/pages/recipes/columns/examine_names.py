"""Names in Spark: run `spark-submit examine_names.py INPUT OUTPUT COLUMN [CERTIFICATES]`.

INPUT and CERTIFICATES are Parquet, CSV with a header, or JSON lines, by their suffix; OUTPUT is a
folder of Parquet. CERTIFICATES has the columns `certificate` and `name`.
"""

import argparse

from pyspark.sql import DataFrame, SparkSession

from acmrules.arrow.spark import examine


def read(spark: SparkSession, path: str) -> DataFrame:
    """Return the rows of a file or a folder."""
    suffix = path.removesuffix(".gz").rpartition(".")[2]
    form = suffix if suffix in {"csv", "json"} else "json" if suffix == "jsonl" else "parquet"
    return spark.read.load(path, format=form, header=True)


def main() -> None:
    """Examine a column of names, and print how often each fault occurs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("column")
    parser.add_argument("certificates", nargs="?")
    words = parser.parse_args()
    spark = SparkSession.builder.appName("examine names").getOrCreate()
    certificates = read(spark, words.certificates) if words.certificates else None
    frame = examine(read(spark, words.input), words.column, certificates=certificates)
    frame.write.mode("overwrite").parquet(words.output)
    for row in spark.read.parquet(words.output).groupBy("fault").count().sort("fault").collect():
        print(row["count"], row["fault"] or "without a fault")
    spark.stop()


if __name__ == "__main__":
    main()
