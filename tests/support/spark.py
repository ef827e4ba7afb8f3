"""Settings of Spark for tests: on this machine only, and quick for few rows."""

SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # A function of this many bytes is broadcast; 1 MiB by default.
    "spark.broadcast.UDFCompressionThreshold": "65536",
    # To compile code takes longer than to examine the rows of a test.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
}


def configured(builder, **more):
    """Return a builder of sessions with the settings; `more` are those of a master."""
    for key, value in {**SETTINGS, **more}.items():
        builder = builder.config(key, value)
    return builder
