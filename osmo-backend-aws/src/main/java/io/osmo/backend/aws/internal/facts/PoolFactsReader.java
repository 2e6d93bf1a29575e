// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.MachineType;
import io.osmo.backend.aws.internal.catalog.NewestImages;
import io.osmo.backend.aws.internal.catalog.OffersReader;
import io.osmo.backend.aws.internal.pool.EksGpuStack;
import io.osmo.backend.aws.internal.pool.NodeGroupIssues;
import io.osmo.backend.aws.internal.pool.NodeTaints;
import io.osmo.backend.aws.internal.pool.PoolNames;
import io.osmo.backend.cluster.CloudFacts.DiskEncryption;
import io.osmo.backend.cluster.CloudFacts.Machine;
import io.osmo.backend.cluster.CloudFacts.Pool;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** The node groups with their launch templates and machines (OP-*, CN-*). */
final class PoolFactsReader implements FactReader<FactSource, List<Pool>> {
    static final Needs NEEDS = Needs.reading("ec2:DescribeLaunchTemplateVersions");

    /** A node group and the version of the launch template that it uses; empty when it has none. */
    private record Templated(Nodegroup group, Fact<Optional<ResponseLaunchTemplateData>> template) {
        /** Types in order of preference; a capacity block names its type in the template. */
        List<String> types() {
            return group.instanceTypes().isEmpty()
                    ? template.known().flatMap(t -> t).map(ResponseLaunchTemplateData::instanceTypeAsString).stream()
                            .toList()
                    : group.instanceTypes();
        }
    }

    /** What is known of all node groups together. */
    private record Known(Fact<Map<String, MachineType>> machines, Fact<NewestImages> images, Fact<VpcFacts> vpc) {}

    @Override
    public CompletableFuture<Fact<List<Pool>>> read(FactSource source) {
        AwsContext context = source.context();
        return Facts.then(source.groups(), found -> {
            CompletableFuture<Fact<NewestImages>> images =
                    source.ifOffered(EksFeature.VERSION_UPDATES, () -> NewestImages.of(context, found));
            return Futures.all(found.stream()
                            .map(group -> templated(context, group))
                            .toList())
                    .thenCompose(groups -> machines(context, groups)
                            .thenCombine(images, Map::entry)
                            .thenCombine(source.vpc(), (known, vpc) -> new Known(known.getKey(), known.getValue(), vpc))
                            .thenCombine(
                                    source.diskEncryption(),
                                    (known, volumes) -> Fact.of(groups.stream()
                                            .map(each -> pool(context, each, known, volumes))
                                            .toList())));
        });
    }

    private static CompletableFuture<Templated> templated(AwsContext context, Nodegroup group) {
        LaunchTemplateSpecification used = group.launchTemplate();
        if (used == null) {
            return CompletableFuture.completedFuture(new Templated(group, Fact.of(Optional.empty())));
        }
        return Facts.of(context.async(
                        "ec2:DescribeLaunchTemplateVersions",
                        () -> context
                                .ec2()
                                .describeLaunchTemplateVersions(
                                        r -> r.launchTemplateId(used.id()).versions(used.version()))
                                .launchTemplateVersions()
                                .stream()
                                .findFirst()
                                .map(LaunchTemplateVersion::launchTemplateData)))
                .thenApply(fact -> new Templated(group, fact));
    }

    private static CompletableFuture<Fact<Map<String, MachineType>>> machines(
            AwsContext context, List<Templated> groups) {
        Set<String> types =
                groups.stream().flatMap(group -> group.types().stream()).collect(Collectors.toCollection(TreeSet::new));
        return Facts.of(OffersReader.machines(context, types));
    }

    private static Pool pool(AwsContext context, Templated templated, Known known, Fact<DiskEncryption> account) {
        Nodegroup group = templated.group();
        NodeDisk disk = NodeDisk.of(group, templated.template(), account);
        return new Pool(
                group.nodegroupName(),
                specPool(context, group),
                group.statusAsString(),
                NodeGroupIssues.of(group),
                templated.types(),
                known.machines().flatMap(machines -> machine(templated, machines)),
                known.machines().flatMap(machines -> smallest(templated, machines)),
                new Scale(
                        group.scalingConfig().minSize(),
                        group.scalingConfig().maxSize(),
                        group.scalingConfig().desiredSize()),
                group.labels(),
                NodeTaints.of(group),
                disk.gib(),
                disk.encrypted(),
                known.vpc().flatMap(vpc -> vpc.zones(group.subnets())),
                group.version(),
                group.amiTypeAsString(),
                group.capacityType() == CapacityTypes.SPOT,
                EksGpuStack.of(group.amiTypeAsString()),
                known.images().flatMap(images -> images.image(group)));
    }

    private static Optional<String> specPool(AwsContext context, Nodegroup group) {
        return context.ownership().owns(group.tags()) ? PoolNames.pool(context, group) : Optional.empty();
    }

    private static Fact<Machine> machine(Templated group, Map<String, MachineType> machines) {
        if (group.types().isEmpty()) {
            return group.template()
                    .flatMap(known -> Fact.unknown("neither node group nor launch template names a type"));
        }
        return machine(group.types().get(0), machines);
    }

    private static Fact<Machine> machine(String name, Map<String, MachineType> machines) {
        MachineType type = machines.get(name);
        return type == null
                ? Fact.unknown("EC2 knows no instance type " + name)
                : Fact.of(new Machine(name, type.vcpus(), type.memoryMib(), type.nvidiaGpus(), type.architecture()));
    }

    /** The autoscaler calculates with the first type, and EC2 gives the one that it has. */
    private static Fact<Machine> smallest(Templated group, Map<String, MachineType> machines) {
        List<Fact<Machine>> all =
                group.types().stream().map(type -> machine(type, machines)).toList();
        return all.stream()
                .filter(each -> each.known().isEmpty())
                .findFirst()
                .orElseGet(() -> machine(group, machines)
                        .map(first -> Machine.smallest(all.stream()
                                        .flatMap(each -> each.known().stream())
                                        .toList())
                                .orElse(first)));
    }
}
