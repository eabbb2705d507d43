// The triggers of Argo CD's notifications, evaluated by the engine that Argo CD uses.
package main

import (
	"time"

	"github.com/argoproj/notifications-engine/pkg/triggers"
)

type triggerRequest struct {
	// Conditions by the name of their trigger.
	Triggers map[string][]triggers.Condition `json:"triggers"`
	// Applications as the API server has them.
	Applications []map[string]any `json:"applications"`
}

// The functions that argo-cd v3.4.4 gives to conditions (util/notification/expression/time), as far as ours use them.
var timeFunctions = map[string]any{
	"Now":   time.Now,
	"Parse": func(text string) (time.Time, error) { return time.Parse(time.RFC3339, text) },
}

// triggered gives the templates that are sent for each application, by trigger.
func triggered(request triggerRequest) ([]map[string][]string, error) {
	service, err := triggers.NewService(request.Triggers)
	if err != nil {
		return nil, err
	}
	var all []map[string][]string
	for _, application := range request.Applications {
		sent := map[string][]string{}
		for name := range request.Triggers {
			results, err := service.Run(name, map[string]any{"app": application, "time": timeFunctions})
			if err != nil {
				return nil, err
			}
			for _, result := range results {
				if result.Triggered {
					sent[name] = append(sent[name], result.Templates...)
				}
			}
		}
		all = append(all, sent)
	}
	return all, nil
}
