// Runs Argo Rollouts' own reconciliation on rendered manifests, sync by sync, and prints what it does; and the engine of Argo
// CD's notifications on their triggers, and the API server's own validation on objects. No cluster: objects are in memory, and pods are as ready as the plan says.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: rollouts releases|objects|triggers, with the request as JSON on standard input")
	}
	switch args[0] {
	case "releases":
		var request releaseRequest
		if err := json.NewDecoder(os.Stdin).Decode(&request); err != nil {
			return err
		}
		return answer(releases(request))
	case "objects":
		var objects []json.RawMessage
		if err := json.NewDecoder(os.Stdin).Decode(&objects); err != nil {
			return err
		}
		return answer(refusals(objects), nil)
	case "triggers":
		var request triggerRequest
		if err := json.NewDecoder(os.Stdin).Decode(&request); err != nil {
			return err
		}
		return answer(triggered(request))
	}
	return fmt.Errorf("unknown command %q", args[0])
}

func answer(value any, err error) error {
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(value)
}
