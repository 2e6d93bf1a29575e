// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmo.backend.verify.internal.probe.CallResult.Done;
import io.osmo.backend.verify.internal.probe.CallResult.Failed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the namespace of a run, and those that earlier runs left. Remembers what could not be removed. */
final class Cleanup {
    private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);
    private static final int TRIES = 3;
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final ClusterCalls calls;
    private final List<String> leftBehind = new ArrayList<>();

    Cleanup(KubernetesClient client, ClusterCalls calls) {
        this.client = client;
        this.calls = calls;
    }

    /** Removes the namespaces of earlier runs that have expired. */
    CompletableFuture<Void> removeExpired(Instant now) {
        return calls.attempt(Right.LIST_NAMESPACES, () -> expired(now)).thenCompose(found -> {
            if (found instanceof Done<List<Namespace>> done) {
                return ClusterCalls.all(
                        done.value().stream().map(this::removeExpired).toList());
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
            return CompletableFuture.completedFuture(null);
        });
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
