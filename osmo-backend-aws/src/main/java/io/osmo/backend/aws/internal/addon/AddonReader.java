// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.addon;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.cluster.ClusterReader;
import io.osmo.backend.aws.internal.cluster.VersionsReader;
import io.osmo.backend.aws.internal.pool.PoolConcern;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eks.model.Addon;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociationSummary;

/** Reads add-ons, the versions that EKS offers of them, and pod identity associations. Two round trips. */
public final class AddonReader implements Reader<AwsContext> {
    public static final Reader<AwsContext> INSTANCE = new AddonReader();

    private AddonReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(
                "eks:DescribeAddonVersions",
                "eks:ListAddons",
                "eks:DescribeAddon",
                "eks:ListPodIdentityAssociations",
                "eks:DescribePodIdentityAssociation");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        List<CompletableFuture<Reading>> parts = new ArrayList<>();
        if (context.offers(EksFeature.ADDONS)) {
            CompletableFuture<Reading> installed = addons(context);
            parts.add(installed);
            observation.spec().ifPresent(spec -> parts.add(versions(observation, spec, installed)));
        }
        if (context.offers(EksFeature.POD_IDENTITY)) {
            parts.add(identities(context));
        }
        return ClusterReader.unlessDeleted(observation, Reading.all(parts));
    }

    /** What EKS offers, unless all add-ons exist for the version of Kubernetes that the spec means: they stay as they are then. */
    private static CompletableFuture<Reading> versions(
            Observation<AwsContext> observation, BackendSpec spec, CompletableFuture<Reading> installed) {
        AwsContext context = observation.context();
        return Reading.all(List.of(installed, observation.of(ClusterReader.INSTANCE)))
                .thenCompose(found -> !observation.survey() && isSettled(spec, found.toInventory())
                        ? CompletableFuture.completedFuture(Reading.empty())
                        : context.cache()
                                .get("addon-versions", AddonVersions.class, () -> versions(context))
                                .thenApply(versions -> Reading.attachment(AddonVersions.class, versions)));
    }

    private static boolean isSettled(BackendSpec spec, Inventory found) {
        Map<String, String> pins = EksSettings.of(spec.settings()).addonVersions();
        return VersionsReader.isSettled(spec, found)
                && Stream.concat(PoolConcern.ADDONS_BEFORE_NODES.stream(), AddonConcern.ON_NODES.stream())
                        .allMatch(name -> found.find(Ids.addon(name), Addon.class)
                                .filter(addon -> pins.getOrDefault(name, addon.addonVersion())
                                        .equals(addon.addonVersion()))
                                .isPresent());
    }

    private static CompletableFuture<AddonVersions> versions(AwsContext context) {
        return context.async(
                "eks:DescribeAddonVersions",
                () -> AddonVersions.of(context.eks().describeAddonVersionsPaginator(r -> r.owners("aws")).stream()
                        .flatMap(page -> page.addons().stream())
                        .toList()));
    }

    private static CompletableFuture<Reading> addons(AwsContext context) {
        return context.findAsync(
                        "eks:ListAddons",
                        () -> context.eks().listAddonsPaginator(r -> r.clusterName(context.name())).stream()
                                .flatMap(page -> page.addons().stream())
                                .toList())
                .thenCompose(names -> described(names, name -> ExistingAddon.describe(context, name), context))
                .thenApply(found -> observed(found, each -> Ids.addon(each.addonName()), Addon::tags, context));
    }

    private static CompletableFuture<Reading> identities(AwsContext context) {
        return context.findAsync(
                        "eks:ListPodIdentityAssociations",
                        () -> context
                                .eks()
                                .listPodIdentityAssociationsPaginator(
                                        r -> r.clusterName(context.name()).namespace(PodIdentity.NAMESPACE))
                                .stream()
                                .flatMap(page -> page.associations().stream())
                                .map(PodIdentityAssociationSummary::associationId)
                                .toList())
                .thenCompose(ids -> described(ids, id -> PodIdentity.describe(context, id), context))
                .thenApply(found -> observed(
                        found, each -> PodIdentity.id(each.serviceAccount()), PodIdentityAssociation::tags, context));
    }

    /** @param names empty when there is no cluster */
    private static <O> CompletableFuture<List<Optional<O>>> described(
            Optional<List<String>> names, Function<String, Optional<O>> describe, AwsContext context) {
        return Futures.all(names.orElse(List.of()).stream()
                .map(name -> context.scheduler().call(() -> describe.apply(name)))
                .toList());
    }

    private static <O> Reading observed(
            List<Optional<O>> found,
            Function<O, ResourceId> id,
            Function<O, Map<String, String>> tags,
            AwsContext context) {
        Map<ResourceId, Observed<?>> observed = new HashMap<>();
        found.forEach(each -> each.ifPresent(
                object -> observed.put(id.apply(object), context.ownership().observed(object, tags.apply(object)))));
        return Reading.observed(observed);
    }
}
