// Package rollout: one way in for the tests of releases, laid over the controller's own package when they are built.
package rollout

import "context"

// Sync runs the controller's reconciliation of one Rollout.
func (c *Controller) Sync(ctx context.Context, key string) error {
	return c.syncHandler(ctx, key)
}
