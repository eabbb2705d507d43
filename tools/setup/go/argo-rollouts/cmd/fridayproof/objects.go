// Objects of Kubernetes' own kinds, decoded strictly and checked by the API server's own validation.
package main

import (
	"encoding/json"
	"fmt"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/apis/apps"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	appsvalidation "k8s.io/kubernetes/pkg/apis/apps/validation"
	"k8s.io/kubernetes/pkg/apis/autoscaling"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	autoscalingvalidation "k8s.io/kubernetes/pkg/apis/autoscaling/validation"
	"k8s.io/kubernetes/pkg/apis/batch"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
	"k8s.io/kubernetes/pkg/apis/networking"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	networkingvalidation "k8s.io/kubernetes/pkg/apis/networking/validation"
	"k8s.io/kubernetes/pkg/apis/policy"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	policyvalidation "k8s.io/kubernetes/pkg/apis/policy/validation"
)

// refusals gives what the API server has against each object; an empty text for one that it takes.
func refusals(objects []json.RawMessage) []string {
	decoder := serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict).UniversalDecoder()
	texts := make([]string, len(objects))
	for i, object := range objects {
		decoded, err := runtime.Decode(decoder, object)
		if err != nil {
			texts[i] = err.Error()
			continue
		}
		if found := validated(decoded).ToAggregate(); found != nil {
			texts[i] = found.Error()
		}
	}
	return texts
}

func optionsOf(template *core.PodTemplateSpec) corevalidation.PodValidationOptions {
	return pod.GetValidationOptionsFromPodTemplate(template, nil)
}

// The pods of Jobs: what else the API server asks of a Job needs a module that Argo Rollouts' own list of modules lacks.
func validatedPods(template *core.PodTemplateSpec, path ...string) field.ErrorList {
	at := field.NewPath(path[0], path[1:]...)
	return corevalidation.ValidatePodTemplateSpec(template, at, optionsOf(template))
}

func validated(object runtime.Object) field.ErrorList {
	switch each := object.(type) {
	case *apps.Deployment:
		return appsvalidation.ValidateDeployment(each, optionsOf(&each.Spec.Template))
	case *batch.Job:
		return validatedPods(&each.Spec.Template, "spec", "template")
	case *batch.CronJob:
		return validatedPods(&each.Spec.JobTemplate.Spec.Template, "spec", "jobTemplate", "spec", "template")
	case *autoscaling.HorizontalPodAutoscaler:
		options := autoscalingvalidation.HorizontalPodAutoscalerSpecValidationOptions{MinReplicasLowerBound: 1}
		return autoscalingvalidation.ValidateHorizontalPodAutoscaler(each, options)
	case *policy.PodDisruptionBudget:
		return policyvalidation.ValidatePodDisruptionBudget(each, policyvalidation.PodDisruptionBudgetValidationOptions{})
	case *networking.NetworkPolicy:
		return networkingvalidation.ValidateNetworkPolicy(each, networkingvalidation.NetworkPolicyValidationOptions{})
	case *core.Service:
		return corevalidation.ValidateServiceCreate(each)
	case *core.ServiceAccount:
		return corevalidation.ValidateServiceAccount(each)
	}
	return field.ErrorList{field.InternalError(nil, fmt.Errorf("nothing validates %T", object))}
}
