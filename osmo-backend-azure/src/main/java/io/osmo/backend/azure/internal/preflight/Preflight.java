// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.preflight;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Caller;
import io.osmo.backend.azure.internal.catalog.ComputeUsages;
import io.osmo.backend.azure.internal.catalog.Offers;
import io.osmo.backend.azure.internal.catalog.PoolSizes;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.cluster.ClusterWish;
import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.azure.internal.registration.RegistrationConcern;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Asks what can be known before anything is created. A credential that Azure refuses is one finding, not one for each question
 * that can then not be answered; what could not be read is unknown.
 */
public final class Preflight {
    private static final String IDENTITY = "preflight.identity";
    private static final String NAME = "preflight.name";
    private static final String REGISTRATION = "preflight.registration";
    private static final String VERSION = "preflight.version";
    private static final String SIZES = "preflight.instance-types";
    private static final String EXISTING = "preflight.existing";
    static final String QUOTA = "preflight.quota";

    private Preflight() {}

    /**
     * @param inventory reads what stands and what the region offers
     * @param rules rules that need these
     */
    public static CompletableFuture<List<PreflightFinding>> run(
            AzureContext azure,
            BackendSpec spec,
            Supplier<CompletableFuture<Inventory>> inventory,
            BiFunction<BackendSpec, Inventory, List<Violation>> rules) {
        return azure.scheduler().call(() -> identity(azure)).thenCompose(who -> {
            List<PreflightFinding> findings = new ArrayList<>(List.of(who));
            if (who.status() == Status.FAIL) {
                return CompletableFuture.completedFuture(List.copyOf(findings));
            }
            CompletableFuture<Inventory> standing = inventory.get();
            CompletableFuture<List<PreflightFinding>> judged = standing.thenApply(
                            found -> judge(azure, spec, found, rules.apply(spec, found)))
                    .exceptionally(
                            failure -> List.of(unread("preflight.cloud", "what stands and what is offered", failure)));
            CompletableFuture<List<PreflightFinding>> quotas = ComputeUsages.read(azure)
                    .thenCombine(
                            standing.exceptionally(told -> Inventory.empty()),
                            (usages, found) -> found.attachment(Offers.class)
                                    .map(offers -> QuotaCheck.findings(spec, found, offers, usages))
                                    .orElse(List.of()))
                    .exceptionally(failure -> List.of(unread(QUOTA, "what is used of quotas", failure)));
            return judged.thenCombine(quotas, (first, second) -> {
                findings.addAll(first);
                findings.addAll(second);
                return List.copyOf(findings);
            });
        });
    }

    private static PreflightFinding identity(AzureContext azure) {
        try {
            ArmObject subscription = ArmObject.of(
                    azure.arm().fetch("Microsoft.Resources/subscriptions/read", azure.subscriptionId(), "2022-12-01"));
            String state = subscription.text("/state");
            String who = "subscription " + azure.subscription() + " (" + subscription.text("/displayName")
                    + ") of tenant " + subscription.text("/tenantId");
            return state.isEmpty() || state.equals("Enabled")
                    ? pass(IDENTITY, who)
                    : fail(IDENTITY, who + " is " + state, "Have the subscription enabled, or name another.");
        } catch (CloudException e) {
            boolean refused = e.error() == CloudError.NOT_AUTHORISED
                    || e.error() == CloudError.NOT_FOUND
                    || e.error() == CloudError.INVALID_REQUEST;
            return finding(
                    IDENTITY,
                    refused ? Status.FAIL : Status.UNKNOWN,
                    Optional.empty(),
                    String.valueOf(e.getMessage()),
                    e.remedy());
        }
    }

    private static PreflightFinding unread(String check, String what, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof OsmoBackendException refused) {
            return finding(
                    check,
                    Status.UNKNOWN,
                    Optional.empty(),
                    what + " could not be read: " + refused.getMessage(),
                    refused.remedy());
        }
        throw new CompletionException(cause);
    }

    private static List<PreflightFinding> judge(
            AzureContext azure, BackendSpec spec, Inventory inventory, List<Violation> violations) {
        List<PreflightFinding> findings = new ArrayList<>();
        findings.add(name(azure, inventory));
        violations.forEach(violation -> findings.add(finding(
                checkOf(violation),
                Status.FAIL,
                violation.requirement(),
                violation.path() + ": given " + violation.given() + "; allowed: " + violation.allowed(),
                violation.remedy())));
        inventory.attachment(Offers.class).ifPresent(offers -> {
            findings.add(registration(azure, spec, offers));
            if (clean(findings, VERSION)) {
                findings.add(version(spec, inventory, offers));
            }
            if (clean(findings, SIZES)) {
                spec.pools().forEach(pool -> findings.add(sold(pool, spec, inventory)));
            }
        });
        inventory
                .attachment(Caller.class)
                .filter(caller -> caller.objectId().isEmpty())
                .ifPresent(caller -> findings.add(finding(
                        IDENTITY,
                        Status.WARN,
                        Optional.empty(),
                        "the token does not say whose it is, so its owner is not made administrator of the cluster",
                        "Name the owner in admins, by object id.")));
        if (clean(findings, EXISTING) && usesExisting(spec, azure)) {
            findings.add(pass(EXISTING, "what the spec names as existing can be read and fits"));
        }
        return findings;
    }

    private static boolean usesExisting(BackendSpec spec, AzureContext azure) {
        return spec.network().existingId().isPresent()
                || spec.encryption().existingKeyId().isPresent()
                || azure.settings().resourceGroup().isPresent();
    }

    private static boolean clean(List<PreflightFinding> findings, String check) {
        return findings.stream().noneMatch(f -> f.check().equals(check));
    }

    private static String checkOf(Violation violation) {
        String path = violation.path();
        if (path.equals("kubernetesVersion")) {
            return VERSION;
        }
        return path.startsWith("network.") || path.startsWith("encryption.") || path.equals("settings.resourceGroup")
                ? EXISTING
                : SIZES;
    }

    private static PreflightFinding name(AzureContext azure, Inventory inventory) {
        for (ResourceId id : List.of(ResourceGroup.ID, AksCluster.ID)) {
            Observed<?> found = inventory.observed().get(id);
            if (found != null && found.ownership() == Observed.Ownership.FOREIGN) {
                return fail(
                        NAME,
                        ((ArmObject) found.value()).id() + " stands and is not this backend's",
                        "Choose another name for the backend, or delete what has the name.");
            }
        }
        return pass(
                NAME,
                inventory.observed().containsKey(AksCluster.ID)
                        ? "AKS cluster " + azure.name() + " is this backend's own: applying goes on with it"
                        : "no AKS cluster " + azure.name() + " in resource group " + azure.group() + " yet");
    }

    private static PreflightFinding version(BackendSpec spec, Inventory inventory, Offers offers) {
        return offers.versions().isEmpty()
                ? finding(
                        VERSION,
                        Status.UNKNOWN,
                        Optional.of("CP-2"),
                        "AKS does not tell what it offers before Microsoft.ContainerService is registered",
                        "Run az provider register --namespace Microsoft.ContainerService, then ask again.")
                : pass(VERSION, "Kubernetes " + ClusterWish.version(spec, inventory) + ", of " + offers.versions());
    }

    private static PreflightFinding registration(AzureContext azure, BackendSpec spec, Offers offers) {
        List<String> missing = RegistrationConcern.missing(azure, spec, offers);
        return missing.isEmpty()
                ? pass(REGISTRATION, "all resource providers are registered")
                : finding(
                        REGISTRATION,
                        Status.WARN,
                        Optional.empty(),
                        "not registered yet, and registered when this is applied: " + missing,
                        "The credential needs the action register/action on the subscription, or have an owner run az"
                                + " provider register.");
    }

    private static PreflightFinding sold(NodePool pool, BackendSpec spec, Inventory inventory) {
        String size = PoolSizes.of(pool);
        List<String> zones = ClusterWish.zones(size, pool.zones(), spec, inventory);
        return pass(
                SIZES,
                "pool " + pool.name() + ": " + size + " sold "
                        + (zones.isEmpty()
                                ? "in a region without zones for it"
                                : "in zones " + String.join(", ", zones)));
    }

    private static PreflightFinding pass(String check, String message) {
        return finding(check, Status.PASS, Optional.empty(), message, "");
    }

    private static PreflightFinding fail(String check, String message, String remedy) {
        return finding(check, Status.FAIL, Optional.empty(), message, remedy);
    }

    private static PreflightFinding finding(
            String check, Status status, Optional<String> requirement, String message, String remedy) {
        return new PreflightFinding(check, status, requirement, message, remedy);
    }
}
