import duckdb
from soda_core.contracts import verify_contract_locally
from soda_duckdb import DuckDBDataSource

connection = duckdb.connect()
connection.execute("CREATE VIEW posts AS FROM 'posts.parquet'")
source = DuckDBDataSource.from_existing_cursor(connection, name="newsroom")
session = verify_contract_locally(data_sources=[source], contract_file_path="contract.yml")
