// The reference server of graphql-transport-ws, to compare ours with: npm graphql-ws, its defaults.
// Prints where it is; ends when its standard input does, so that it never outlives the tests.
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

const SLOW = 300;
const LONGEST_FRAME = 65536;

const schema = buildSchema(`
  type Query { fails: Int! }
  type Mutation { quick: Int, slow: Int }
  type Subscription {
    waits: Int, ticks: Int, ends: Int, fails: Int, breaks: Int, refuses: Int, bequeaths: Int
  }
`);

const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const never = new Promise(() => {});

const fail = () => {
  throw new Error('as it should');
};

// One value, then none until it is returned: an async generator could not be, while it waits.
const waiting = (value, cleanUp = async () => {}) => {
  const values = [value];
  let leave;
  const left = new Promise((resolve) => (leave = resolve));
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (values.length) return { done: false, value: values.pop() };
      await left;
      return { done: true, value: undefined };
    },
    async return() {
      await cleanUp().finally(leave);
      return { done: true, value: undefined };
    },
  };
};

const roots = {
  query: { fails: fail },
  mutation: {
    quick: () => 1,
    slow: () => after(SLOW).then(() => 1),
  },
  subscription: {
    waits: () => waiting({ waits: 1 }),
    ticks: async function* () {
      for (let tick = 1; ; tick++) {
        yield { ticks: tick };
        await after(SLOW / 3);
      }
    },
    ends: async function* () {
      yield { ends: 1 };
      yield { ends: 2 };
    },
    fails: async function* () {
      fail();
    },
    breaks: async function* () {
      yield { breaks: 1 };
      fail();
    },
    refuses: fail,
    bequeaths: () => waiting({ bequeaths: 1 }, () => after(SLOW / 3).then(fail)),
  },
};

const introductions = {
  slow: () => after(SLOW),
  hanging: () => never,
  failing: fail,
  refused: () => false,
};

const onConnect = ({ connectionParams }) => introductions[connectionParams?.authorization]?.();

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', maxPayload: LONGEST_FRAME });
useServer({ schema, roots, onConnect }, server);
server.on('listening', () => console.log(`ws://127.0.0.1:${server.address().port}/graphql`));
process.stdin.resume().on('end', () => process.exit());
