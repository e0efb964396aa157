"""A month of news on a cluster: a list of WARCs, a path or address a line, to a folder of Parquet.

Example: spark-submit samples/spark_warcs.py month.txt events
"""

import sys

from karaka.spark import code, write
from pyspark.sql import SparkSession


def main(names: str, target: str) -> None:
    spark = SparkSession.builder.appName("karaka").getOrCreate()
    with open(names, encoding="utf-8") as lines:
        paths = [(line.strip(),) for line in lines if line.strip()]
    frame = spark.createDataFrame(paths, "path string")
    # A task for each WARC: one that is lost costs minutes, and the last ones do not wait for a long one.
    write(code(frame.coalesce(1).repartition(len(paths))), target)
    result = spark.read.parquet(target)
    print(f"{result.where('error is null').count()} events, {result.where('error is not null').count()} errors")


if __name__ == "__main__":
    main(*sys.argv[1:])
