/** Every workflow type that a worker of the kernel queue runs. */
export { caseWorkflow } from './case.js';
export { deliveryWorkflow } from './delivery.js';
export { lateEventWorkflow } from './late-event.js';
