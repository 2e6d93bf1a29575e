// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.addon;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.eks.model.Addon;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;

/** Reads add-ons, the versions that EKS offers of them, and pod identity associations. */
final class AddonReader implements Reader {
    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        CompletableFuture<Reading> all = CompletableFuture.completedFuture(Reading.empty());
        if (aws.settings().offers(EksFeature.ADDONS)) {
            all = all.thenCombine(addons(aws), Reading::and);
            if (spec.isPresent()) {
                all = all.thenCombine(
                        aws.offers()
                                .get("addon-versions", AddonVersions.class, () -> versions(aws))
                                .thenApply(versions -> Reading.attachment(AddonVersions.class, versions)),
                        Reading::and);
            }
        }
        return aws.settings().offers(EksFeature.POD_IDENTITY) ? all.thenCombine(identities(aws), Reading::and) : all;
    }

    private static CompletableFuture<AddonVersions> versions(AwsContext aws) {
        return aws.async(
                "eks:DescribeAddonVersions",
                () -> AddonVersions.of(aws.clients().eks().describeAddonVersionsPaginator(r -> r.owners("aws")).stream()
                        .flatMap(page -> page.addons().stream())
                        .toList()));
    }

    private static CompletableFuture<Reading> addons(AwsContext aws) {
        return aws.findAsync(
                        "eks:ListAddons",
                        () -> aws.clients().eks().listAddonsPaginator(r -> r.clusterName(aws.name())).stream()
                                .flatMap(page -> page.addons().stream())
                                .toList())
                .thenCompose(names -> Reading.sequence(names.orElse(List.of()).stream()
                        .map(name -> aws.scheduler().call(() -> ClusterAddon.describe(aws, name)))
                        .toList()))
                .thenApply(found -> found.stream()
                        .flatMap(Optional::stream)
                        .map(addon -> addon(aws, addon))
                        .reduce(Reading.empty(), Reading::and));
    }

    private static Reading addon(AwsContext aws, Addon addon) {
        return Reading.of(
                ClusterAddon.id(addon.addonName()),
                aws.tags().owns(addon.tags()) ? Observed.ours(addon) : Observed.foreign(addon));
    }

    private static CompletableFuture<Reading> identities(AwsContext aws) {
        return aws.findAsync(
                        "eks:ListPodIdentityAssociations",
                        () -> aws
                                .clients()
                                .eks()
                                .listPodIdentityAssociationsPaginator(
                                        r -> r.clusterName(aws.name()).namespace("kube-system"))
                                .stream()
                                .flatMap(page -> page.associations().stream())
                                .toList())
                .thenCompose(found -> Reading.sequence(found.orElse(List.of()).stream()
                        .map(each -> aws.scheduler().call(() -> PodIdentity.describe(aws, each.associationId())))
                        .toList()))
                .thenApply(found -> found.stream()
                        .flatMap(Optional::stream)
                        .map(each -> identity(aws, each))
                        .reduce(Reading.empty(), Reading::and));
    }

    private static Reading identity(AwsContext aws, PodIdentityAssociation association) {
        return Reading.of(
                PodIdentity.id(association.serviceAccount()),
                aws.tags().owns(association.tags()) ? Observed.ours(association) : Observed.foreign(association));
    }
}
