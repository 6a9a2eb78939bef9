// The floor of the kernel: the same messages, timers and serialised decisions, nothing else.
import { allHandlersFinished, CancellationScope, condition, defineUpdate, proxyLocalActivities, setHandler, sleep } from '@temporalio/workflow';

const { decide } = proxyLocalActivities({
  startToCloseTimeout: '8s',
  scheduleToCloseTimeout: '12s',
  localRetryThreshold: '1s',
  retry: { initialInterval: '100ms', maximumAttempts: 4 },
});

export async function emptyCase({ caseId }) {
  const timers = new Map();
  let chain = Promise.resolve();
  let ended = false;
  const tell = (id) => {
    chain = chain.then(async () => {
      const { commands, reply } = await decide({ caseId, id });
      for (const command of commands) carryOut(command);
      return reply;
    });
    return chain;
  };
  const carryOut = (command) => {
    if (command.kind === 'end') ended = true;
    if (command.kind === 'timerCancel') timers.get(command.timerId)?.cancel();
    if (command.kind !== 'timerSet') return;
    const scope = new CancellationScope();
    timers.set(command.timerId, scope);
    scope.run(() => sleep(Math.max(1, Date.parse(command.at) - Date.now()))).catch(() => undefined);
  };
  void tell('filed');
  setHandler(defineUpdate('event'), ({ id }) => tell(id), { validator: ({ id }) => void id });
  await condition(() => ended && allHandlersFinished());
}
