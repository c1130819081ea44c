// A stand-in with the emulator's outside: its arguments, its ready line, its clock. Tests of the hosts start this instead, so
// that they stand on nothing but what the interface promises.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    'time-scale': { type: 'string' },
    'lived-in': { type: 'boolean' },
    file: { type: 'string' },
    'exit-with-parent': { type: 'boolean' },
  },
});
const { file } = values;
if (process.env['SMALL_EMULATOR'] === 'fails') {
  process.stderr.write('first words\nthe state file is from a newer version\n');
  process.exit(3);
}
const timeScale = Number(values['time-scale'] ?? '1');
let now = Date.parse('2026-03-06T10:00:00Z');
const server = createServer((request, response) => {
  if (request.url === '/_emulator/clock') now += 3_600_000;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ now: new Date(now).toISOString().replace('.000Z', 'Z'), timeScale, tenants: [] }));
});
server.listen(Number(values.port ?? '0'), '127.0.0.1', () => {
  if (file !== undefined) appendFileSync(file, `started ${process.pid}\n`);
  const stop = () => {
    if (file !== undefined) appendFileSync(file, 'stopped\n');
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  if (values['exit-with-parent']) process.stdin.on('end', stop).resume();
  process.stdout.write(
    `${JSON.stringify({
      url: `http://127.0.0.1:${server.address().port}`,
      clientId: '1f7c5b0e-2d54-4a63-9a5c-0f6a6b1d2c3e',
      clientSecret: 'not-a-secret',
      now: '2026-03-06T10:00:00Z',
      tenants: [
        {
          id: '11111111-1111-4111-8111-111111111111',
          domain: 'msp.example',
          displayName: 'The MSP',
          units: 0,
          role: 'home',
        },
        {
          id: '22222222-2222-4222-8222-222222222222',
          domain: 'customer.example',
          displayName: 'A customer',
          units: 5,
          role: 'customer',
        },
      ],
      users: [
        {
          userPrincipalName: 'tech@msp.example',
          objectId: '33333333-3333-4333-8333-333333333333',
          homeTenantId: '11111111-1111-4111-8111-111111111111',
        },
      ],
    })}\n`,
  );
});
