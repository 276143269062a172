/** Whether the host works on two float64 at once; where it does not, modules are made for one. */
import { isValid } from './instance.ts';
import { createModule } from './module-builder.ts';

export function hasPairs(): boolean {
  const module = createModule();
  module.define(module.declare({ parameters: [], results: [] }), (body) => {
    body.f64(0);
    body.op('f64x2.splat');
    body.op('drop');
  });
  return isValid(module.finish());
}
