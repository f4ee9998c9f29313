#!/bin/sh
# Makes Temporal's two databases and brings their tables to the version of this server; doing it again changes nothing.
# SQL_HOST, SQL_PORT, SQL_USER and SQL_PASSWORD say where.
set -eu
schema() {
  temporal-sql-tool --plugin postgres12 --db "$1" create-database
  temporal-sql-tool --plugin postgres12 --db "$1" setup-schema -v 0.0
  temporal-sql-tool --plugin postgres12 --db "$1" update-schema --schema-name "postgresql/v12/$2"
}
schema temporal temporal
schema temporal_visibility visibility
