// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.service;

import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.error.OsmoServiceError;
import io.osmo.backend.error.OsmoServiceException;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.service.OsmoServiceClient;
import io.osmo.backend.service.OsmoServiceClientBuilder;
import io.osmo.backend.service.ServiceBackend;
import io.osmo.backend.service.ServiceVersion;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Asks the OSMO service before anything is created: whether it is of the release that the spec names, accepts the token, and has the
 * backend's name free or bound to this cluster.
 */
public final class ServicePreflight {
    private final BackendSpec spec;
    private final OsmoService osmo;
    private final OsmoServiceClient client;
    private final Optional<ClusterAccess> cluster;

    private ServicePreflight(
            BackendSpec spec, OsmoService osmo, OsmoServiceClient client, Optional<ClusterAccess> cluster) {
        this.spec = spec;
        this.osmo = osmo;
        this.client = client;
        this.cluster = cluster;
    }

    /**
     * The findings; none if the spec has no {@code osmo}, or if the service is not to be asked.
     *
     * @param how reaches the service; empty if it is not to be asked
     */
    public static CompletableFuture<List<PreflightFinding>> run(
            Optional<UnaryOperator<OsmoServiceClientBuilder>> how,
            Scheduler scheduler,
            CloudSession session,
            BackendSpec spec) {
        if (how.isEmpty() || spec.osmo().isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return session.observe(spec.ref(), Optional.empty())
                .thenApply(session::access)
                // The provider's own checks report why the cloud cannot be read.
                .exceptionally(unread -> Optional.empty())
                .thenCompose(access -> scheduler.call(() -> {
                    try (OsmoServiceClient client = how.get()
                            .apply(OsmoServiceClient.builder(spec).scheduler(scheduler))
                            .build()) {
                        return new ServicePreflight(spec, spec.osmo().get(), client, access).findings();
                    }
                }));
    }

    private List<PreflightFinding> findings() {
        List<PreflightFinding> findings = new ArrayList<>();
        findings.add(version());
        if (findings.get(0).status() != Status.UNKNOWN && osmo.token().isPresent()) {
            PreflightFinding token = token();
            findings.add(token);
            if (token.status() == Status.PASS) {
                findings.add(name());
            }
        }
        return findings;
    }

    private PreflightFinding version() {
        try {
            ServiceVersion version = client.version();
            return osmo.release()
                    .filter(wanted -> !wanted.equals(version.release()) && !wanted.startsWith(version.release() + "-"))
                    .map(wanted -> finding(
                            "osmo-service",
                            Status.FAIL,
                            "the OSMO service is of release " + version.release() + ", and the spec is for " + wanted,
                            "Set osmo.release to " + version.release() + "."))
                    .orElseGet(() -> finding(
                            "osmo-service", Status.PASS, "OSMO " + version.release() + " at " + client.url(), ""));
        } catch (OsmoServiceException e) {
            return finding(
                    "osmo-service",
                    e.error() == OsmoServiceError.UNTRUSTED ? Status.FAIL : Status.UNKNOWN,
                    String.valueOf(e.getMessage()),
                    e.remedy());
        }
    }

    private PreflightFinding token() {
        try {
            client.logIn();
            return finding("osmo-token", Status.PASS, "the OSMO service accepts osmo.token", "");
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OsmoBackendException e) {
            boolean refused =
                    e instanceof OsmoServiceException answer && answer.error() == OsmoServiceError.LOGIN_REFUSED;
            return finding(
                    "osmo-token", refused ? Status.FAIL : Status.UNKNOWN, String.valueOf(e.getMessage()), e.remedy());
        }
    }

    private PreflightFinding name() {
        String name = osmo.backendName().orElse(spec.name());
        try {
            Optional<String> bound = client.backend(name).flatMap(ServiceBackend::clusterUid);
            return bound.map(uid -> bound(name, uid))
                    .orElseGet(() -> finding(
                            "osmo-name",
                            Status.PASS,
                            "no cluster has the name " + name + " in the OSMO service yet",
                            ""));
        } catch (OsmoServiceException e) {
            return finding("osmo-name", Status.UNKNOWN, String.valueOf(e.getMessage()), e.remedy());
        }
    }

    private PreflightFinding bound(String name, String uid) {
        if (cluster.isEmpty()) {
            return taken(name, uid, "and this backend has no cluster yet");
        }
        Fact<String> own = ClusterIdentity.of(cluster.get());
        if (own instanceof Fact.Unknown<String> unread) {
            return finding(
                    "osmo-name",
                    Status.UNKNOWN,
                    name + " is bound to the cluster " + uid + "; which one this is could not be read: "
                            + unread.reason(),
                    "Compare it with: kubectl get namespace kube-system --output jsonpath='{.metadata.uid}'");
        }
        return own.known().filter(uid::equals).isPresent()
                ? finding("osmo-name", Status.PASS, name + " is bound to this cluster", "")
                : taken(name, uid, "and this one is " + own.known().orElse(""));
    }

    private static PreflightFinding taken(String name, String uid, String other) {
        return finding(
                "osmo-name",
                Status.FAIL,
                "the OSMO service has " + name + " bound to the cluster " + uid + ", " + other,
                "Choose another osmo.backendName. Only a 6.3 service with a database releases a name: OsmoServiceClient.deleteBackend.");
    }

    private static PreflightFinding finding(String check, Status status, String message, String remedy) {
        return new PreflightFinding("preflight." + check, status, Optional.of(Requirement.NW_2.id()), message, remedy);
    }
}
