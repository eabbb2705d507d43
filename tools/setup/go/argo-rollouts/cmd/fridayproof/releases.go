// Releases of one Rollout, one after another, by Argo Rollouts' own controller.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic/dynamicinformer"
	dynamicfake "k8s.io/client-go/dynamic/fake"
	kubeinformers "k8s.io/client-go/informers"
	kubefake "k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/workqueue"

	"github.com/argoproj/argo-rollouts/controller/metrics"
	"github.com/argoproj/argo-rollouts/pkg/apis/rollouts/v1alpha1"
	rolloutfake "github.com/argoproj/argo-rollouts/pkg/client/clientset/versioned/fake"
	informers "github.com/argoproj/argo-rollouts/pkg/client/informers/externalversions"
	"github.com/argoproj/argo-rollouts/rollout"
	ingressutil "github.com/argoproj/argo-rollouts/utils/ingress"
	istioutil "github.com/argoproj/argo-rollouts/utils/istio"
	"github.com/argoproj/argo-rollouts/utils/record"
)

// A release that has not ended by then never will.
const mostSyncs = 200

type releaseRequest struct {
	// Manifests of the Rollout, each a release of its own.
	Rollouts []v1alpha1.Rollout `json:"rollouts"`
	// Whether the pods of the version before are gone when the last release comes.
	OldPodsGone bool `json:"oldPodsGone"`
	// Step of the last release but one whose analysis fails.
	FailsAt *string `json:"failsAt"`
	// Pods of a version that become available with each sync.
	PodsPerSync      int32                              `json:"podsPerSync"`
	Services         []corev1.Service                   `json:"services"`
	VirtualService   map[string]any                     `json:"virtualService"`
	Templates        []v1alpha1.AnalysisTemplate        `json:"templates"`
	ClusterTemplates []v1alpha1.ClusterAnalysisTemplate `json:"clusterTemplates"`
}

// What stands after a sync; versions are told by their image.
type syncRow struct {
	Release int              `json:"release"`
	Stable  string           `json:"stable"`
	Canary  string           `json:"canary"`
	Weight  int64            `json:"weight"`
	Step    *int32           `json:"step"`
	Phase   string           `json:"phase"`
	Message string           `json:"message"`
	Pods    map[string]int32 `json:"pods"`
}

type noReferences struct{}

func (noReferences) Resolve(*v1alpha1.Rollout) error { return nil }

type cluster struct {
	releaseRequest
	key        string
	namespace  string
	kube       *kubefake.Clientset
	argo       *rolloutfake.Clientset
	dynamic    *dynamicfake.FakeDynamicClient
	informers  informers.SharedInformerFactory
	kubeShared kubeinformers.SharedInformerFactory
	controller *rollout.Controller
}

func releases(request releaseRequest) ([]syncRow, error) {
	if len(request.Rollouts) == 0 {
		return nil, fmt.Errorf("no Rollout")
	}
	c, err := newCluster(request)
	if err != nil {
		return nil, err
	}
	var rows []syncRow
	for index := range request.Rollouts {
		if index == len(request.Rollouts)-1 && request.OldPodsGone {
			if err := c.removeOldPods(); err != nil {
				return nil, err
			}
		}
		made, err := c.release(index)
		rows = append(rows, made...)
		if err != nil {
			return rows, err
		}
	}
	return rows, nil
}

func newCluster(request releaseRequest) (*cluster, error) {
	first := request.Rollouts[0]
	c := &cluster{releaseRequest: request, namespace: first.Namespace, key: first.Namespace + "/" + first.Name}
	objects := []runtime.Object{}
	for i := range request.Templates {
		objects = append(objects, &request.Templates[i])
	}
	for i := range request.ClusterTemplates {
		objects = append(objects, &request.ClusterTemplates[i])
	}
	services := []runtime.Object{}
	for i := range request.Services {
		services = append(services, &request.Services[i])
	}
	route := &unstructured.Unstructured{Object: request.VirtualService}
	gvr := istioutil.GetIstioVirtualServiceGVR()
	route.SetAPIVersion(gvr.GroupVersion().String())
	lists := map[schema.GroupVersionResource]string{
		gvr:                                    "VirtualServiceList",
		istioutil.GetIstioDestinationRuleGVR(): "DestinationRuleList",
	}
	c.argo = rolloutfake.NewSimpleClientset(objects...)
	c.kube = kubefake.NewSimpleClientset(services...)
	c.dynamic = dynamicfake.NewSimpleDynamicClientWithCustomListKinds(runtime.NewScheme(), lists, route)
	c.informers = informers.NewSharedInformerFactory(c.argo, 0)
	c.kubeShared = kubeinformers.NewSharedInformerFactory(c.kube, 0)
	ingresses, err := ingressutil.NewIngressWrapper(ingressutil.IngressModeNetworking, c.kube, c.kubeShared)
	if err != nil {
		return nil, err
	}
	queue := func(name string) workqueue.RateLimitingInterface {
		return workqueue.NewNamedRateLimitingQueue(workqueue.DefaultControllerRateLimiter(), name)
	}
	istio := dynamicinformer.NewDynamicSharedInformerFactory(c.dynamic, 0)
	all := c.informers.Argoproj().V1alpha1()
	c.controller = rollout.NewController(rollout.ControllerConfig{
		Namespace:                       metav1.NamespaceAll,
		KubeClientSet:                   c.kube,
		ArgoProjClientset:               c.argo,
		DynamicClientSet:                c.dynamic,
		RefResolver:                     noReferences{},
		ExperimentInformer:              all.Experiments(),
		AnalysisRunInformer:             all.AnalysisRuns(),
		AnalysisTemplateInformer:        all.AnalysisTemplates(),
		ClusterAnalysisTemplateInformer: all.ClusterAnalysisTemplates(),
		ReplicaSetInformer:              c.kubeShared.Apps().V1().ReplicaSets(),
		ServicesInformer:                c.kubeShared.Core().V1().Services(),
		IngressWrapper:                  ingresses,
		RolloutsInformer:                all.Rollouts(),
		IstioPrimaryDynamicClient:       c.dynamic,
		IstioVirtualServiceInformer:     istio.ForResource(gvr).Informer(),
		IstioDestinationRuleInformer:    istio.ForResource(istioutil.GetIstioDestinationRuleGVR()).Informer(),
		RolloutWorkQueue:                queue("Rollouts"),
		ServiceWorkQueue:                queue("Services"),
		IngressWorkQueue:                queue("Ingresses"),
		MetricsServer:                   metrics.NewMetricsServer(metrics.ServerConfig{K8SRequestProvider: &metrics.K8sRequestsCountProvider{}}),
		Recorder:                        record.NewFakeEventRecorder(),
		EphemeralMetadataThreads:        rollout.DefaultEphemeralMetadataThreads,
		EphemeralMetadataPodRetries:     rollout.DefaultEphemeralMetadataPodRetries,
	})
	return c, nil
}

// release applies a manifest as Argo CD does, its spec and its annotations, and syncs until it is done.
func (c *cluster) release(index int) ([]syncRow, error) {
	ctx := context.Background()
	rollouts := c.argo.ArgoprojV1alpha1().Rollouts(c.namespace)
	manifest := c.Rollouts[index].DeepCopy()
	if index == 0 {
		manifest.UID = "a-rollout"
		manifest.Generation = 1
		if _, err := rollouts.Create(ctx, manifest, metav1.CreateOptions{}); err != nil {
			return nil, err
		}
	} else {
		live, err := rollouts.Get(ctx, manifest.Name, metav1.GetOptions{})
		if err != nil {
			return nil, err
		}
		live.Spec = manifest.Spec
		live.Generation++
		if _, err := rollouts.Update(ctx, live, metav1.UpdateOptions{}); err != nil {
			return nil, err
		}
	}
	var rows []syncRow
	for range mostSyncs {
		row, changed, err := c.sync(ctx, index)
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
		ended := row.Phase == string(v1alpha1.RolloutPhaseHealthy) || row.Phase == string(v1alpha1.RolloutPhaseDegraded)
		if !changed && ended {
			return rows, nil
		}
	}
	return rows, fmt.Errorf("release %d is %s after %d syncs", index, rows[len(rows)-1].Phase, mostSyncs)
}

// sync lets the controller see what stands, reconcile once, and then moves pods and analyses on.
func (c *cluster) sync(ctx context.Context, index int) (syncRow, bool, error) {
	before, err := c.text(ctx)
	if err != nil {
		return syncRow{}, false, err
	}
	if err := c.show(ctx); err != nil {
		return syncRow{}, false, err
	}
	if err := c.controller.Sync(ctx, c.key); err != nil {
		return syncRow{}, false, err
	}
	if err := c.endAnalyses(ctx, index); err != nil {
		return syncRow{}, false, err
	}
	row, err := c.row(ctx, index)
	if err != nil {
		return row, false, err
	}
	if err := c.startPods(ctx); err != nil {
		return row, false, err
	}
	after, err := c.text(ctx)
	return row, before != after, err
}

// text is all that stands, to tell whether a sync changed anything.
func (c *cluster) text(ctx context.Context) (string, error) {
	rollouts, err := c.argo.ArgoprojV1alpha1().Rollouts(c.namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return "", err
	}
	sets, err := c.kube.AppsV1().ReplicaSets(c.namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return "", err
	}
	services, err := c.kube.CoreV1().Services(c.namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return "", err
	}
	text, err := json.Marshal([]any{rollouts.Items, sets.Items, services.Items})
	return string(text), err
}

// show fills what the controller's listers read: no watch runs here.
func (c *cluster) show(ctx context.Context) error {
	all := c.informers.Argoproj().V1alpha1()
	objects := c.argo.ArgoprojV1alpha1()
	rollouts, err := objects.Rollouts(c.namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	runs, err := objects.AnalysisRuns(c.namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	sets, err := c.kube.AppsV1().ReplicaSets(c.namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	services, err := c.kube.CoreV1().Services(c.namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	return firstError(
		fill(all.Rollouts().Informer().GetIndexer(), rollouts.Items),
		fill(all.AnalysisRuns().Informer().GetIndexer(), runs.Items),
		fill(all.AnalysisTemplates().Informer().GetIndexer(), c.Templates),
		fill(all.ClusterAnalysisTemplates().Informer().GetIndexer(), c.ClusterTemplates),
		fill(c.kubeShared.Apps().V1().ReplicaSets().Informer().GetIndexer(), sets.Items),
		fill(c.kubeShared.Core().V1().Services().Informer().GetIndexer(), services.Items),
	)
}

func fill[T any](indexer cache.Indexer, items []T) error {
	objects := make([]any, len(items))
	for i := range items {
		objects[i] = &items[i]
	}
	return indexer.Replace(objects, "")
}

func firstError(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// endAnalyses lets every analysis of a step end, well unless it is the one that fails; the one beside all steps runs on.
func (c *cluster) endAnalyses(ctx context.Context, index int) error {
	runs := c.argo.ArgoprojV1alpha1().AnalysisRuns(c.namespace)
	list, err := runs.List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	for i := range list.Items {
		run := &list.Items[i]
		if run.Status.Phase.Completed() {
			continue
		}
		run.Status.Phase = v1alpha1.AnalysisPhaseRunning
		if run.Labels[v1alpha1.RolloutTypeLabel] == v1alpha1.RolloutTypeStepLabel {
			now := metav1.NewTime(time.Now())
			run.Status.Phase = v1alpha1.AnalysisPhaseSuccessful
			run.Status.CompletedAt = &now
			if c.fails(run, index) {
				run.Status.Phase = v1alpha1.AnalysisPhaseFailed
			}
		}
		if run.Spec.Terminate {
			run.Status.Phase = v1alpha1.AnalysisPhaseSuccessful
		}
		if _, err := runs.Update(ctx, run, metav1.UpdateOptions{}); err != nil {
			return err
		}
	}
	return nil
}

func (c *cluster) fails(run *v1alpha1.AnalysisRun, index int) bool {
	return c.FailsAt != nil && index == len(c.Rollouts)-2 && run.Labels[v1alpha1.RolloutCanaryStepIndexLabel] == *c.FailsAt
}

// startPods makes some more pods of each version available, and takes away those above the number at once.
func (c *cluster) startPods(ctx context.Context) error {
	sets := c.kube.AppsV1().ReplicaSets(c.namespace)
	list, err := sets.List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	for i := range list.Items {
		set := &list.Items[i]
		// An API server gives each object an identity; without one the controller takes two versions for one.
		set.UID = types.UID(set.Name)
		wanted := *set.Spec.Replicas
		available := min(wanted, set.Status.AvailableReplicas+c.PodsPerSync)
		set.Status = appsv1.ReplicaSetStatus{
			Replicas: wanted, FullyLabeledReplicas: wanted, ReadyReplicas: available, AvailableReplicas: available,
			ObservedGeneration: set.Generation,
		}
		if _, err := sets.Update(ctx, set, metav1.UpdateOptions{}); err != nil {
			return err
		}
	}
	return nil
}

// removeOldPods is what the controller does when the delay is over; here nobody waits for it.
func (c *cluster) removeOldPods() error {
	ctx := context.Background()
	live, err := c.argo.ArgoprojV1alpha1().Rollouts(c.namespace).Get(ctx, c.Rollouts[0].Name, metav1.GetOptions{})
	if err != nil {
		return err
	}
	sets := c.kube.AppsV1().ReplicaSets(c.namespace)
	list, err := sets.List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	for i := range list.Items {
		set := &list.Items[i]
		if set.Labels[v1alpha1.DefaultRolloutUniqueLabelKey] == live.Status.StableRS {
			continue
		}
		none := int32(0)
		set.Spec.Replicas = &none
		set.Status = appsv1.ReplicaSetStatus{}
		delete(set.Annotations, v1alpha1.DefaultReplicaSetScaleDownDeadlineAnnotationKey)
		if _, err := sets.Update(ctx, set, metav1.UpdateOptions{}); err != nil {
			return err
		}
	}
	return nil
}

func (c *cluster) row(ctx context.Context, index int) (syncRow, error) {
	row := syncRow{Release: index, Pods: map[string]int32{}}
	live, err := c.argo.ArgoprojV1alpha1().Rollouts(c.namespace).Get(ctx, c.Rollouts[0].Name, metav1.GetOptions{})
	if err != nil {
		return row, err
	}
	row.Step, row.Phase, row.Message = live.Status.CurrentStepIndex, string(live.Status.Phase), live.Status.Message
	sets, err := c.kube.AppsV1().ReplicaSets(c.namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return row, err
	}
	images := map[string]string{}
	for _, set := range sets.Items {
		image := set.Spec.Template.Spec.Containers[0].Image
		images[set.Labels[v1alpha1.DefaultRolloutUniqueLabelKey]] = image
		row.Pods[image] = set.Status.AvailableReplicas
	}
	selected := func(name string) (string, error) {
		service, err := c.kube.CoreV1().Services(c.namespace).Get(ctx, name, metav1.GetOptions{})
		if err != nil {
			return "", err
		}
		return images[service.Spec.Selector[v1alpha1.DefaultRolloutUniqueLabelKey]], nil
	}
	canary := live.Spec.Strategy.Canary
	if row.Stable, err = selected(canary.StableService); err != nil {
		return row, err
	}
	if row.Canary, err = selected(canary.CanaryService); err != nil {
		return row, err
	}
	row.Weight, err = c.weight(ctx, canary.TrafficRouting.Istio.VirtualService.Name)
	return row, err
}

// weight is that of the canary in the route that the controller writes: the last one.
func (c *cluster) weight(ctx context.Context, name string) (int64, error) {
	route, err := c.dynamic.Resource(istioutil.GetIstioVirtualServiceGVR()).Namespace(c.namespace).Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return 0, err
	}
	http, _, err := unstructured.NestedSlice(route.Object, "spec", "http")
	if err != nil {
		return 0, err
	}
	last, ok := http[len(http)-1].(map[string]any)
	if !ok {
		return 0, fmt.Errorf("the last route is no object")
	}
	destinations, _, err := unstructured.NestedSlice(last, "route")
	if err != nil {
		return 0, err
	}
	canary, ok := destinations[len(destinations)-1].(map[string]any)
	if !ok {
		return 0, fmt.Errorf("the last destination is no object")
	}
	weight, _, err := unstructured.NestedFieldNoCopy(canary, "weight")
	switch value := weight.(type) {
	case int64:
		return value, err
	case float64:
		return int64(value), err
	}
	return 0, err
}
