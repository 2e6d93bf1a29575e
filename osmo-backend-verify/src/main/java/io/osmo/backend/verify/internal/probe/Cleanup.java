// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmo.backend.verify.internal.probe.CallResult.Done;
import io.osmo.backend.verify.internal.probe.CallResult.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the namespace of a run, and those that earlier runs left. Remembers what could not be removed. */
final class Cleanup {
    private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);
    private static final int TRIES = 3;
    private static final int NOT_FOUND = 404;
    /** How long a namespace may take to go once it is empty, which the pods of probes see to at once. */
    private static final Duration GOING = Duration.ofSeconds(60);

    private final KubernetesClient client;
    private final ClusterCalls calls;
    private final List<String> leftBehind = new ArrayList<>();

    private final Supplier<Instant> clock;

    Cleanup(KubernetesClient client, ClusterCalls calls, Supplier<Instant> clock) {
        this.client = client;
        this.calls = calls;
        this.clock = clock;
    }

    /** Removes the namespaces of earlier runs that have expired. */
    CompletableFuture<Void> removeExpired(Instant now) {
        return calls.attempt(Right.LIST_NAMESPACES, () -> expired(now)).thenCompose(found -> {
            if (found instanceof Done<List<Namespace>> done) {
                done.value().stream()
                        .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() != null)
                        .forEach(namespace -> note(stuck(namespace)));
                return ClusterCalls.all(done.value().stream()
                        .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() == null)
                        .map(this::removeExpired)
                        .toList());
            }
            note("what an earlier run may have left", found);
            return CompletableFuture.completedFuture(null);
        });
    }

    private List<Namespace> expired(Instant now) {
        return client
                .namespaces()
                .withLabel(ProbeNamespace.MANAGED_BY, ProbeNamespace.MANAGER)
                .list()
                .getItems()
                .stream()
                .filter(found -> ProbeNamespace.isLeftover(found, now))
                .toList();
    }

    private CompletableFuture<Void> removeExpired(Namespace found) {
        String name = found.getMetadata().getName();
        LOG.info("Removing the namespace {} that an earlier run of probes left", name);
        return calls.attempt(
                        Right.DELETE_NAMESPACES, () -> client.resource(found).delete())
                .thenAccept(result -> note(name, result));
    }

    /** Removes a namespace and everything in it; a missing one is ignored. */
    CompletableFuture<Void> remove(String name) {
        return remove(name, 1);
    }

    private CompletableFuture<Void> remove(String name, int tries) {
        return calls.attempt(Right.DELETE_NAMESPACES, () -> delete(name)).thenCompose(result -> {
            if (result instanceof Failed && tries < TRIES) {
                return calls.later(() -> remove(name, tries + 1));
            }
            note("the namespace " + name, result);
            return result instanceof Failed
                    ? CompletableFuture.completedFuture(null)
                    : awaitGone(name, clock.get().plus(GOING));
        });
    }

    /** A namespace that is being deleted is not gone yet, and may never be. */
    private CompletableFuture<Void> awaitGone(String name, Instant limit) {
        return calls.attempt(Right.LIST_NAMESPACES, () -> find(name)).thenCompose(result -> {
            Optional<Namespace> found = result.done().flatMap(Function.identity());
            boolean late = !clock.get().isBefore(limit);
            if (result instanceof Done && found.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            if (!late) {
                return calls.later(() -> awaitGone(name, limit));
            }
            found.ifPresentOrElse(
                    namespace -> note(stuck(namespace)),
                    () -> note("whether the namespace " + name + " is gone", result));
            return CompletableFuture.completedFuture(null);
        });
    }

    private Optional<Namespace> find(String name) {
        return client
                .namespaces()
                .withLabel(ProbeNamespace.MANAGED_BY, ProbeNamespace.MANAGER)
                .list()
                .getItems()
                .stream()
                .filter(namespace -> namespace.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** The reasons are in the conditions of the namespace. */
    private static String stuck(Namespace namespace) {
        String reasons = namespace.getStatus() == null || namespace.getStatus().getConditions() == null
                ? ""
                : namespace.getStatus().getConditions().stream()
                        .filter(condition -> "True".equals(condition.getStatus()) && condition.getMessage() != null)
                        .map(NamespaceCondition::getMessage)
                        .distinct()
                        .collect(Collectors.joining("; "));
        return "the namespace " + namespace.getMetadata().getName() + " hangs in Terminating"
                + (reasons.isEmpty() ? "" : ": " + reasons);
    }

    private void note(String left) {
        synchronized (leftBehind) {
            leftBehind.add(left);
        }
    }

    /** Deletes a namespace in this thread, because the process ends. */
    void removeNow(String name) {
        try {
            delete(name);
        } catch (RuntimeException e) {
            LOG.warn("Namespace {} is left: {}; a later run with probes removes it", name, e.getMessage());
        }
    }

    private List<StatusDetails> delete(String name) {
        try {
            return client.namespaces().withName(name).delete();
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND) {
                throw e;
            }
            return List.of();
        }
    }

    private void note(String what, CallResult<?> result) {
        if (result instanceof Failed<?> failed) {
            synchronized (leftBehind) {
                leftBehind.add(what + ": " + failed.reason());
            }
        }
    }

    /** What could not be removed and why; empty when everything was. */
    Optional<String> leftBehind() {
        synchronized (leftBehind) {
            return leftBehind.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", leftBehind));
        }
    }
}
