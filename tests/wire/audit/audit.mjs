// Runs every audit of GraphQL over HTTP against the address given, and prints what came of each.
import { auditServer } from 'graphql-http';

const url = process.argv[2];
const results = await auditServer({ url });

console.log(
  JSON.stringify(
    results.map(({ id, name, status, reason }) => ({ id, name, status, reason: reason ?? null })),
  ),
);
