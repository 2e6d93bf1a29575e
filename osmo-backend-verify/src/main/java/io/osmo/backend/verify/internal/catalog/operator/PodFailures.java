// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.internal.rules.PullCause;
import io.osmo.backend.verify.snapshot.ContainerFacts;
import io.osmo.backend.verify.snapshot.LogPhrase;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.SecretFacts;
import io.osmo.backend.verify.snapshot.TemplateFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The most likely cause of what pods of OSMO's operator show: section 8.12 of OSMO's contract. */
final class PodFailures {
    private static final Pattern SHORT_OF = Pattern.compile("Insufficient [\\w./-]*\\w|Too many pods");
    private static final Pattern TAINT = Pattern.compile("untolerated taints? \\{([^:}]*)");
    private static final String SELECTOR = "didn't match Pod's node affinity/selector";

    private PodFailures() {}

    /**
     * Why a pod does not work.
     *
     * @param cause in words
     * @param next what to do about it
     */
    record Failure(String cause, String next) {}

    /** The first failure that one of the pods of a deployment shows. */
    static Optional<Failure> of(Evidence evidence, WorkloadFacts deployment, List<PodFacts> pods) {
        return OsmoOperator.pods(List.of(deployment), pods).stream()
                .flatMap(p -> of(evidence, deployment, p).stream())
                .findFirst();
    }

    static Optional<Failure> of(Evidence evidence, WorkloadFacts deployment, PodFacts pod) {
        if (!pod.unschedulable().isEmpty()) {
            return Optional.of(unscheduled(evidence, pod));
        }
        return pod.containers().stream()
                .flatMap(c -> of(evidence, deployment, pod, c).stream())
                .findFirst();
    }

    /** How to find the cause if none is recognized. */
    static String look(Evidence evidence) {
        String kubectl = "kubectl -n " + evidence.expectations().operatorNamespace();
        return kubectl + " describe pods; " + kubectl + " logs -p POD";
    }

    /**
     * For each node the scheduler names the first filter that rejected it: taints, then selectors, then resources. If a node lacks
     * resources it has passed the other filters, so that is the cause. Of taints only those of operator nodes count, because other
     * pools have taints on purpose.
     */
    private static Failure unscheduled(Evidence evidence, PodFacts pod) {
        String message = pod.unschedulable();
        Matcher room = SHORT_OF.matcher(message);
        if (room.find()) {
            return new Failure(
                    "no node has enough resources: " + room.group(),
                    "Use larger machines for the operator pool, or lower services.*.resources in the chart.");
        }
        List<String> taints = TAINT.matcher(message)
                .results()
                .map(r -> r.group(1).replaceFirst("=.*", ""))
                .toList();
        boolean selector = message.contains(SELECTOR);
        if (!taints.isEmpty() && (!selector || taints.stream().anyMatch(operatorTaints(evidence)::contains))) {
            return new Failure(
                    "it does not tolerate these taints of nodes: " + String.join(", ", taints),
                    "Set global.tolerations in the chart to the taints of the operator pool.");
        }
        if (selector) {
            return new Failure(
                    "no node has the labels that it selects",
                    "Label the operator pool as global.nodeSelector in the chart requires: node-type=operator.");
        }
        return new Failure(
                "the scheduler found no node: " + message,
                "kubectl -n " + pod.namespace() + " describe pod " + pod.name());
    }

    private static List<String> operatorTaints(Evidence evidence) {
        return evidence.operatorNodes().known().orElse(List.of()).stream()
                .flatMap(n -> n.taints().stream())
                .map(Taint::key)
                .toList();
    }

    private static Optional<Failure> of(
            Evidence evidence, WorkloadFacts deployment, PodFacts pod, ContainerFacts container) {
        return Stream.<Optional<Failure>>of(
                        pull(pod, container),
                        container.waiting().equals("ContainerCreating")
                                ? secret(evidence, deployment)
                                : Optional.empty(),
                        exhausted(container),
                        container.lastExit() == 1 ? logged(evidence, pod, container) : Optional.empty(),
                        progress(container),
                        logged(evidence, pod, container),
                        crashed(pod, container),
                        waits(pod, container))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Failure> pull(PodFacts pod, ContainerFacts container) {
        String refusal = container.pullRefusal().known().orElse("");
        if (refusal.isEmpty() && !container.waiting().contains("ImagePull")) {
            return Optional.empty();
        }
        PullCause cause = PullCause.of(refusal);
        String next = switch (cause) {
            case CREDENTIAL ->
                "Set global.imagePullSecret in the chart to an image pull secret that can read global.osmoImageLocation.";
            case NOT_FOUND, PLATFORM ->
                "Set global.osmoImageLocation and global.osmoImageTag in the chart to existing images.";
            case OTHER -> "kubectl -n " + pod.namespace() + " describe pod " + pod.name();
            default -> cause.next();
        };
        return Optional.of(new Failure(cause.phrase() + " (" + container.waiting() + ")", next));
    }

    /** The kubelet does not start a container if a Secret that it mounts is missing, and reports that only in an event. */
    private static Optional<Failure> secret(Evidence evidence, WorkloadFacts deployment) {
        if (!deployment.namespace().equals(evidence.expectations().operatorNamespace())) {
            return Optional.empty();
        }
        List<SecretFacts> secrets = evidence.snapshot().core().secrets().known().orElse(List.of());
        if (evidence.snapshot().core().secrets() instanceof Fact.Unknown) {
            return Optional.empty();
        }
        return OsmoOperator.template(deployment).secrets().known().orElse(List.of()).stream()
                .flatMap(volume -> missing(deployment.namespace(), volume, secrets).stream())
                .findFirst();
    }

    private static Optional<Failure> missing(
            String namespace, TemplateFacts.SecretVolume volume, List<SecretFacts> secrets) {
        String create = "kubectl -n " + namespace + " create secret generic " + volume.secret()
                + volume.keys().stream()
                        .map(key -> " --from-file=" + key + "=FILE")
                        .collect(Collectors.joining());
        Optional<SecretFacts> found = secrets.stream()
                .filter(s -> s.namespace().equals(namespace) && s.name().equals(volume.secret()))
                .findFirst();
        if (found.isEmpty()) {
            return Optional.of(new Failure("the Secret " + volume.secret() + " that it mounts is missing", create));
        }
        return volume.keys().stream()
                .filter(key -> !found.get().keys().contains(key))
                .findFirst()
                .map(key -> new Failure(
                        "the Secret " + volume.secret() + " that it mounts has no entry " + key,
                        create + " --dry-run=client -o yaml | kubectl apply -f -"));
    }

    private static Optional<Failure> exhausted(ContainerFacts container) {
        return container.lastReason().equals("OOMKilled")
                ? Optional.of(new Failure(
                        "it ran out of memory", "Raise services.*.resources.limits.memory in the chart to 2Gi."))
                : Optional.empty();
    }

    private static Optional<Failure> progress(ContainerFacts container) {
        String missing = container.lastMessage();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        if (missing.contains("worker_heartbeat")) {
            return Optional.of(new Failure(
                    "it logged in, but could not open a WebSocket to the OSMO service: " + missing,
                    "Allow WebSockets to the OSMO service in proxies, firewalls and load balancers"
                            + " (check network.osmo-websocket, a probe)."));
        }
        return Optional.of(new Failure(
                "it did not reach the OSMO service, or has no token file: " + missing,
                "Make global.serviceUrl in the chart reachable: URL, DNS, proxies, firewalls (check network.osmo-http, a"
                        + " probe)."));
    }

    private static Optional<Failure> logged(Evidence evidence, PodFacts pod, ContainerFacts container) {
        return evidence.snapshot().stack().operatorLogs().known().orElse(List.of()).stream()
                .filter(log -> log.namespace().equals(pod.namespace())
                        && log.name().equals(pod.name())
                        && log.container().equals(container.name()))
                .flatMap(log -> log.phrases().known().orElse(List.of()).stream())
                .findFirst()
                .map(phrase -> new Failure("it logged '" + phrase.text() + "'", next(phrase, evidence)));
    }

    private static Optional<Failure> crashed(PodFacts pod, ContainerFacts container) {
        return container.lastExit() == 0
                ? Optional.empty()
                : Optional.of(new Failure(
                        "it exited with code " + container.lastExit(),
                        "kubectl -n " + pod.namespace() + " logs -p " + pod.name() + " -c " + container.name()));
    }

    private static Optional<Failure> waits(PodFacts pod, ContainerFacts container) {
        return container.waiting().isEmpty() || container.waiting().equals("ContainerCreating")
                ? Optional.empty()
                : Optional.of(new Failure(
                        "it is waiting (" + container.waiting() + ")",
                        "kubectl -n " + pod.namespace() + " describe pod " + pod.name()));
    }

    /** What to do about a phrase in a log. */
    static String next(LogPhrase phrase, Evidence evidence) {
        String namespace = evidence.expectations().operatorNamespace();
        return switch (phrase) {
            case TOKEN_NOT_ACCEPTED ->
                "Store a token that the OSMO service accepts in the Secret "
                        + evidence.expectations().tokenSecretName() + ", then restart the operator.";
            case NAME_NOT_RESOLVED, NAME_NOT_KNOWN ->
                "Let pods of " + namespace
                        + " resolve the host of global.serviceUrl in the chart: kubectl -n kube-system logs -l k8s-app=kube-dns";
            case NAME_TAKEN ->
                "Set global.backendName in the chart to a name that no other cluster uses, or delete the old backend with"
                        + " this name in the OSMO service.";
            case KAI_MISSING -> "Install KAI, then: kubectl -n " + namespace + " rollout restart deployment.";
            case NOT_THERE ->
                "See what is missing, and create it: kubectl -n " + namespace + " logs POD | grep '" + phrase.text()
                        + "'.";
        };
    }

    /** Why a container exited last, in words. */
    static String cause(ContainerFacts container) {
        if (!container.lastMessage().isEmpty()) {
            return "because " + container.lastMessage();
        }
        return container.lastReason().isEmpty()
                ? "with exit code " + container.lastExit()
                : container.lastReason() + " (exit code " + container.lastExit() + ")";
    }
}
