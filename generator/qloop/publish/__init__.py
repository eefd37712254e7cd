"""From pages to a published site: MkDocs builds the pages whose digest changed, everything else is files."""
