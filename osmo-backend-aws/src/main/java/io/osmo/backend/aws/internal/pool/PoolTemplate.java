// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.PoolSettings;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.aws.internal.catalog.MachineType;
import io.osmo.backend.aws.internal.catalog.PoolTypes;
import io.osmo.backend.aws.internal.cluster.EksCluster;
import io.osmo.backend.aws.internal.cluster.Prerequisites;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.eks.model.Cluster;

/**
 * Launch template of a pool (OP-2, SC-2). Versions never change: a difference makes a new one, and the node groups of the pool
 * roll to it.
 */
public final class PoolTemplate extends Ec2Resource<ObservedTemplate> {
    public static final String KIND = "launch-template";

    private final NodePool pool;
    private final EksSettings settings;
    private final Optional<MachineType> machine;

    PoolTemplate(AwsContext aws, NodePool pool, EksSettings settings, Optional<MachineType> machine) {
        super(
                aws,
                id(pool.name()),
                ObservedTemplate.class,
                after(pool.name(), settings.pool(pool.name())),
                Timing.quick(),
                "launch template of pool " + pool.name(),
                Map.of(),
                null);
        this.pool = pool;
        this.settings = settings;
        this.machine = machine;
    }

    static ResourceId id(String pool) {
        return ResourceId.of(KIND, pool);
    }

    private static Set<ResourceId> after(String pool, PoolSettings settings) {
        Set<ResourceId> after = new HashSet<>();
        after.add(Prerequisites.KEY);
        if (settings.efa()) {
            after.add(EksCluster.ID);
            after.add(EfaGroup.ID);
        }
        if (settings.placementGroup()) {
            after.add(PoolPlacement.id(pool));
        }
        return after;
    }

    @Override
    public Optional<String> pool() {
        return Optional.of(pool.name());
    }

    private String name() {
        return name(aws, pool.name());
    }

    static String name(AwsContext aws, String pool) {
        return "osmo-" + aws.name() + "-" + pool;
    }

    /** The pool of the spec that a template of this name is for; empty when the template is none of ours. */
    public static Optional<String> poolOf(AwsContext aws, String templateName) {
        String prefix = name(aws, "");
        return templateName.startsWith(prefix)
                ? Optional.of(templateName.substring(prefix.length()))
                : Optional.empty();
    }

    @Override
    public Optional<ObservedTemplate> read(State state) {
        return aws
                .call(
                        "ec2:DescribeLaunchTemplates",
                        () -> aws.clients()
                                .ec2()
                                .describeLaunchTemplates(r -> r.filters(filters("launch-template-id"))))
                .launchTemplates()
                .stream()
                .findFirst()
                .flatMap(template -> detailed(aws, template));
    }

    static Optional<ObservedTemplate> detailed(AwsContext aws, LaunchTemplate template) {
        return aws.find(
                        "ec2:DescribeLaunchTemplateVersions",
                        () -> aws.clients()
                                .ec2()
                                .describeLaunchTemplateVersions(r -> r.launchTemplateId(template.launchTemplateId())
                                        .versions("$Latest"))
                                .launchTemplateVersions())
                .flatMap(versions -> versions.stream().findFirst())
                .map(latest -> new ObservedTemplate(template, latest));
    }

    private NodeMachine wanted(State state) {
        PoolSettings own = settings.pool(pool.name());
        int efa = own.efa() ? machine.map(MachineType::efaInterfaces).orElse(0) : 0;
        List<String> groups = new ArrayList<>();
        if (efa > 0) {
            groups.add(state.require(EksCluster.ID, Cluster.class)
                    .resourcesVpcConfig()
                    .clusterSecurityGroupId());
            groups.add(state.require(EfaGroup.ID, SecurityGroup.class).groupId());
        }
        String image = ImageType.of(pool, settings, machine);
        return new NodeMachine(
                ImageType.dataDevice(image),
                pool.diskGib(),
                Prerequisites.keyArn(state),
                efa,
                groups,
                own.placementGroup() ? PoolPlacement.name(aws, pool.name()) : null,
                pool.reservation().orElse(null),
                own.capacityBlock() ? PoolTypes.of(pool).get(0) : null,
                true,
                aws.tags().named(id(), Map.of("Name", aws.name() + "/" + pool.name())));
    }

    /** Differences of the data alone; what makes node groups roll. */
    List<FieldChange> compareData(ObservedTemplate observed, State state) {
        return wanted(state).compare(NodeMachine.of(observed.latest().launchTemplateData()));
    }

    @Override
    public List<FieldChange> compare(ObservedTemplate observed, State state) {
        List<FieldChange> changes = new ArrayList<>(compareData(observed, state));
        if (settings.offers(EksFeature.TAG_UPDATES)) {
            changes.addAll(compareTags(observed.template().tags()));
        }
        return changes;
    }

    @Override
    public ObservedTemplate create(State state) {
        NodeMachine wanted = wanted(state);
        LaunchTemplate made = aws.call(
                        "ec2:CreateLaunchTemplate",
                        () -> aws.clients()
                                .ec2()
                                .createLaunchTemplate(r -> r.launchTemplateName(name())
                                        .launchTemplateData(wanted.toRequest())
                                        .tagSpecifications(tagged(ResourceType.LAUNCH_TEMPLATE))))
                .launchTemplate();
        return new ObservedTemplate(
                made,
                LaunchTemplateVersion.builder()
                        .launchTemplateId(made.launchTemplateId())
                        .versionNumber(made.latestVersionNumber())
                        .build());
    }

    @Override
    public void update(ObservedTemplate observed, List<FieldChange> changes, State state) {
        NodeMachine wanted = wanted(state);
        if (compareData(observed, state).isEmpty()) {
            updateTags(observed.id());
        } else {
            aws.call(
                    "ec2:CreateLaunchTemplateVersion",
                    () -> aws.clients()
                            .ec2()
                            .createLaunchTemplateVersion(
                                    r -> r.launchTemplateId(observed.id()).launchTemplateData(wanted.toRequest())));
        }
    }

    @Override
    public void delete(ObservedTemplate observed, State state) {
        delete(aws, observed);
    }

    static void delete(AwsContext aws, ObservedTemplate observed) {
        aws.delete(
                "ec2:DeleteLaunchTemplate",
                () -> aws.clients().ec2().deleteLaunchTemplate(r -> r.launchTemplateId(observed.id())));
    }
}
