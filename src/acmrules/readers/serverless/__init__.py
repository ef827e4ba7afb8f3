"""Configurations of the Serverless Framework: `serverless.yml`."""
