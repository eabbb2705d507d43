/** Where the pinned charts' own names put Prometheus and the gateway; a test holds both against their values. */
import { observabilityLimits } from "../core/limits/observability";

/** Prometheus, which the release gates query. */
export const prometheusAddress = `http://kube-prometheus-stack-prometheus.monitoring:${observabilityLimits.prometheusPort.value}`;

/** The gateway, which smoke tests go through. */
export const gatewayAddress = "http://istio-ingress.istio-ingress";
