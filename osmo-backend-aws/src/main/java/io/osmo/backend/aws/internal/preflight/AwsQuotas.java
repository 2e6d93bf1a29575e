// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.MachineType;
import io.osmo.backend.aws.internal.catalog.NetworkUse;
import io.osmo.backend.aws.internal.catalog.Offers;
import io.osmo.backend.aws.internal.catalog.OffersReader;
import io.osmo.backend.aws.internal.catalog.PoolTypes;
import io.osmo.backend.aws.internal.catalog.RunningInstances;
import io.osmo.backend.aws.internal.catalog.ServiceLimits;
import io.osmo.backend.aws.internal.catalog.VcpuQuota;
import io.osmo.backend.aws.internal.catalog.VolumeUse;
import io.osmo.backend.aws.internal.pool.PoolConcern;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Survey;
import io.osmo.backend.spi.provider.quota.Candidates;
import io.osmo.backend.spi.provider.quota.MachineNeed;
import io.osmo.backend.spi.provider.quota.Quota;
import io.osmo.backend.spi.provider.quota.QuotaBook;
import io.osmo.backend.spi.provider.quota.QuotaSource;
import io.osmo.backend.spi.provider.quota.SoldMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * AWS counts vCPUs by family, on-demand and spot apart, of what runs; and objects of the network. Machines of a capacity block count to
 * none. The disks of nodes are gp3 volumes, of which a region has so many TiB.
 */
final class AwsQuotas implements QuotaSource<AwsContext, QuotaBook> {
    private static final String EC2 = "ec2";
    private static final String VPC = "vpc";
    private static final String EBS = "ebs";
    private static final long GIB_OF_TIB = 1024;

    /** Stands between the code of a quota that holds in one zone, and the zone. */
    private static final char IN = '@';

    /** What was read of an account and region. */
    private record Known(
            Fact<Map<String, Long>> ec2,
            Fact<Map<String, Long>> vpc,
            Fact<Map<String, Long>> ebs,
            Fact<Long> gp3,
            Fact<List<Instance>> instances,
            NetworkUse network) {}

    @Override
    public CompletableFuture<QuotaBook> read(AwsContext context) {
        CompletableFuture<Fact<Map<String, Long>>> ec2 = Facts.of(ServiceLimits.read(context, EC2));
        CompletableFuture<Fact<Map<String, Long>>> vpc = Facts.of(ServiceLimits.read(context, VPC));
        CompletableFuture<Fact<Map<String, Long>>> ebs = Facts.of(ServiceLimits.read(context, EBS));
        CompletableFuture<Fact<Long>> gp3 = Facts.of(VolumeUse.read(context));
        CompletableFuture<Fact<List<Instance>>> instances = Facts.of(RunningInstances.read(context));
        CompletableFuture<NetworkUse> network = NetworkUse.read(context);
        return CompletableFuture.allOf(ec2, vpc, ebs, gp3, instances, network).thenApply(done -> {
            Known known = new Known(ec2.join(), vpc.join(), ebs.join(), gp3.join(), instances.join(), network.join());
            return code -> quota(context.region(), code, known);
        });
    }

    private static Quota quota(String region, String key, Known known) {
        int in = key.indexOf(IN);
        String code = in < 0 ? key : key.substring(0, in);
        String place = in < 0 ? region : key.substring(in + 1);
        NetworkUse network = known.network();
        return switch (code) {
            case ServiceLimits.VPCS -> quota(code, "VPCs", place, VPC, known.vpc(), network.vpcs());
            case ServiceLimits.ADDRESSES ->
                quota(code, "Elastic IP addresses", place, EC2, known.ec2(), network.addresses());
            case ServiceLimits.INTERNET_GATEWAYS ->
                quota(code, "internet gateways", place, VPC, known.vpc(), network.internetGateways());
            case ServiceLimits.NAT_GATEWAYS_PER_ZONE ->
                quota(
                        code,
                        "NAT gateways",
                        place,
                        VPC,
                        known.vpc(),
                        network.natGateways().map(zones -> zones.getOrDefault(place, 0L)));
            case ServiceLimits.GP3_TIB ->
                quota(
                        code,
                        "GiB of gp3 volumes",
                        place,
                        EBS,
                        known.ebs().map(limits -> inGib(limits, code)),
                        known.gp3());
            default ->
                VcpuQuota.ofCode(code)
                        .map(vcpus -> quota(
                                code,
                                vcpus.what(),
                                place,
                                EC2,
                                known.ec2(),
                                known.instances().map(all -> RunningInstances.vcpus(all, vcpus))))
                        .orElseGet(() -> new Quota(
                                code,
                                code,
                                place,
                                Fact.unknown("it is not known which quota of EC2 these machines count to"),
                                Fact.of(0L),
                                "Service Quotas"));
        };
    }

    /** The quota counts TiB, which is too coarse for the disks of a few nodes. */
    private static Map<String, Long> inGib(Map<String, Long> limits, String code) {
        return limits.containsKey(code) ? Map.of(code, limits.get(code) * GIB_OF_TIB) : Map.of();
    }

    private static Quota quota(
            String code, String what, String place, String service, Fact<Map<String, Long>> limits, Fact<Long> used) {
        return new Quota(
                code,
                what,
                place,
                limits.flatMap(all -> Optional.ofNullable(all.get(code))
                        .<Fact<Long>>map(Fact::of)
                        .orElseGet(() -> Fact.unknown("Service Quotas lists no such quota"))),
                used,
                "Service Quotas (service " + service + ", quota " + code + ")");
    }

    @Override
    public List<MachineNeed> machines(Survey<AwsContext> survey, Inventory inventory, QuotaBook book) {
        return inventory
                .attachment(Offers.class)
                .map(offers -> machines(survey, inventory, offers))
                .orElse(List.of());
    }

    private static List<MachineNeed> machines(Survey<AwsContext> survey, Inventory inventory, Offers offers) {
        List<MachineNeed> needs = new ArrayList<>();
        EksSettings settings = survey.context().settings();
        for (PoolConcern.Machines group : PoolConcern.machines(survey.context(), survey.spec(), inventory)) {
            if (survey.changes(group.id())) {
                boolean block = settings.pool(group.pool().name()).capacityBlock();
                long growth = Math.max(0, group.most() - group.nodes());
                long surge = survey.rolls(group.id()) ? group.surge() : 0;
                offers.machine(group.type())
                        .ifPresent(machine -> needs.add(new MachineNeed(
                                group.pool().name(),
                                block ? withoutQuota(sold(machine, offers)) : sold(machine, offers),
                                growth + surge,
                                group.pool().spot(),
                                Map.of(ServiceLimits.GP3_TIB, (long)
                                        group.pool().diskGib()),
                                Map.of())));
            }
        }
        return needs;
    }

    /** Machines of a capacity block count to no quota of machines; their disks count. */
    private static SoldMachine withoutQuota(SoldMachine machine) {
        return new SoldMachine(
                machine.type(),
                machine.gpu(),
                machine.gpus(),
                machine.vcpus(),
                machine.memoryMib(),
                machine.zones(),
                Map.of(),
                Map.of());
    }

    private static SoldMachine sold(MachineType machine, Offers offers) {
        return new SoldMachine(
                machine.name(),
                machine.gpu(),
                machine.nvidiaGpus(),
                machine.vcpus(),
                machine.memoryMib(),
                offers.zonesFor(Set.of(machine.name())),
                draws(machine, false),
                draws(machine, true));
    }

    private static Map<String, Long> draws(MachineType machine, boolean spot) {
        VcpuQuota quota = VcpuQuota.of(machine.name(), spot);
        return Map.of(quota.code().isEmpty() ? quota.what() : quota.code(), (long) machine.vcpus());
    }

    @Override
    public Map<String, Long> objects(ResourceId created, Survey<AwsContext> survey) {
        return switch (created.kind()) {
            case "vpc" -> Map.of(ServiceLimits.VPCS, 1L);
            case "internet-gateway" -> Map.of(ServiceLimits.INTERNET_GATEWAYS, 1L);
            case "elastic-ip" -> Map.of(ServiceLimits.ADDRESSES, 1L);
            case "nat-gateway" -> Map.of(ServiceLimits.NAT_GATEWAYS_PER_ZONE + IN + created.name(), 1L);
            default -> Map.of();
        };
    }

    @Override
    public Optional<SoldMachine> sold(NodePool pool, Inventory inventory, QuotaBook book) {
        return inventory
                .attachment(Offers.class)
                .flatMap(offers -> offers.machine(PoolTypes.of(pool).get(0)).map(machine -> sold(machine, offers)));
    }

    /**
     * Types with the same GPUs are of the families with the same letter; those without GPUs also count to the same quota there, so only
     * types of the same size help.
     */
    @Override
    public CompletableFuture<Candidates> candidates(
            AwsContext context, Inventory inventory, SoldMachine wanted, QuotaBook book) {
        Offers own = inventory.attachment(Offers.class).orElseThrow();
        String letter = wanted.type().substring(0, 1);
        String size = wanted.type().substring(wanted.type().indexOf('.') + 1);
        boolean arm = own.machine(wanted.type()).map(MachineType::arm).orElse(false);
        return OffersReader.family(context, wanted.gpus() == 0 ? letter + "*." + size : letter + "*")
                .thenApply(family -> {
                    Offers all = own.and(family);
                    return new Candidates(
                            family.machines().values().stream()
                                    .filter(machine -> machine.arm() == arm && machine.otherAccelerators() == 0)
                                    .map(machine -> sold(machine, all))
                                    .filter(machine -> !machine.zones().isEmpty())
                                    .toList(),
                            inventory.with(Offers.class, all));
                });
    }
}
