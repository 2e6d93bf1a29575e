// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.PoolSettings;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.Ec2Names;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.catalog.ImageType;
import io.osmo.backend.aws.internal.catalog.MachineType;
import io.osmo.backend.aws.internal.encryption.EncryptionKey;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.eks.model.Cluster;

/**
 * Launch template of a pool (OP-2, SC-2). Versions never change: a difference makes a new one, and the node groups of the pool
 * roll to it.
 */
public final class PoolTemplate extends Ec2Resource<ObservedTemplate> {
    static final String KIND = "launch-template";

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(KIND)
            .read("ec2:DescribeLaunchTemplates", "ec2:DescribeLaunchTemplateVersions")
            .create("ec2:CreateLaunchTemplate", "ec2:CreateTags")
            .update("ec2:CreateLaunchTemplateVersion", "ec2:CreateTags")
            .delete("ec2:DeleteLaunchTemplate");

    /** Launch templates without their versions, which take a call each. */
    static final Ec2Kind<ObservedTemplate> TEMPLATES = new Ec2Kind<>(
                    ObservedTemplate.class,
                    "ec2:DescribeLaunchTemplates",
                    (ec2, filters) ->
                            ec2.describeLaunchTemplatesPaginator(r -> r.filters(filters)).launchTemplates().stream()
                                    .map(ObservedTemplate::new)
                                    .toList(),
                    "launch-template-id",
                    ObservedTemplate::id,
                    found -> found.template().tags())
            .created(found -> found.template().createTime());

    /** A region has each name once. */
    static final Ec2Names<ObservedTemplate> NAMES = new Ec2Names<>(
            TEMPLATES, "launch-template-name", found -> found.template().launchTemplateName());

    private final NodePool pool;
    private final String type;
    private final PoolSettings settings;
    private final Optional<MachineType> machine;

    /** @param type the preferred instance type of the pool, which has {@code machine} */
    PoolTemplate(AwsContext context, NodePool pool, String type, Optional<MachineType> machine) {
        super(
                context,
                TEMPLATES,
                id(pool.name()),
                after(pool.name(), context.settings().pool(pool.name())),
                "launch template of pool " + pool.name(),
                null);
        this.pool = pool;
        this.type = type;
        this.settings = context.settings().pool(pool.name());
        this.machine = machine;
    }

    static ResourceId id(String pool) {
        return ResourceId.of(KIND, pool);
    }

    private static Set<ResourceId> after(String pool, PoolSettings settings) {
        Set<ResourceId> after = new HashSet<>();
        after.add(EncryptionKey.ID);
        if (settings.efa()) {
            after.add(Ids.CLUSTER);
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

    static String name(AwsContext context, String pool) {
        return "osmo-" + context.name() + "-" + pool;
    }

    /** The pool of the spec that a template of this name is for; empty if it is not the backend's. */
    public static Optional<String> poolOf(AwsContext context, String templateName) {
        String prefix = name(context, "");
        return templateName.startsWith(prefix)
                ? Optional.of(templateName.substring(prefix.length()))
                : Optional.empty();
    }

    @Override
    public Optional<ObservedTemplate> read(State state) {
        return super.read(state).flatMap(found -> detailed(context, found));
    }

    /** The template with its versions; empty if it was deleted meanwhile. */
    static Optional<ObservedTemplate> detailed(AwsContext context, ObservedTemplate found) {
        return context.find(
                        "ec2:DescribeLaunchTemplateVersions",
                        () -> context
                                .ec2()
                                .describeLaunchTemplateVersionsPaginator(r -> r.launchTemplateId(found.id()))
                                .launchTemplateVersions()
                                .stream()
                                .toList())
                .filter(versions -> !versions.isEmpty())
                .map(versions -> new ObservedTemplate(found.template(), versions));
    }

    private NodeMachine wanted(State state) {
        List<NodeInterface> interfaces =
                settings.efa() ? machine.map(NodeInterface::of).orElse(List.of()) : List.of();
        List<String> groups = new ArrayList<>();
        if (!interfaces.isEmpty()) {
            groups.add(state.require(Ids.CLUSTER, Cluster.class)
                    .resourcesVpcConfig()
                    .clusterSecurityGroupId());
            // Its name while it is still to be created: a plan compares before.
            groups.add(state.find(EfaGroup.ID, SecurityGroup.class)
                    .map(SecurityGroup::groupId)
                    .orElse(EfaGroup.ID.toString()));
        }
        return new NodeMachine(
                ImageType.dataDevice(EksGpuStack.imageType(pool.role(), context.settings(), machine)),
                pool.diskGib(),
                EncryptionKey.arn(state),
                interfaces,
                groups,
                settings.placementGroup() ? PoolPlacement.name(context, pool.name()) : null,
                pool.reservation().orElse(null),
                settings.capacityBlock() ? type : null,
                true,
                named(Map.of("Name", context.name() + "/" + pool.name())));
    }

    /** Differences of the data alone, which a new version removes. */
    private List<FieldChange> compareData(ObservedTemplate observed, State state) {
        return wanted(state).compare(NodeMachine.of(observed.latest()));
    }

    /** Number of the version that says what is wanted: the newest, or the one that is about to be made. */
    long nextVersion(ObservedTemplate observed, State state) {
        return observed.version() + (compareData(observed, state).isEmpty() ? 0 : 1);
    }

    /** Whether nodes of a version are as wanted, but for their tags. */
    boolean isAsWanted(ObservedTemplate observed, String version, State state) {
        NodeMachine wanted = wanted(state);
        return observed.version(version)
                .filter(data -> wanted.compare(NodeMachine.of(data)).stream()
                        .allMatch(change -> change.field().equals(NodeMachine.TAGS)))
                .isPresent();
    }

    @Override
    public List<FieldChange> compare(ObservedTemplate observed, State state) {
        List<FieldChange> changes = new ArrayList<>(compareData(observed, state));
        if (context.offers(EksFeature.TAG_UPDATES)) {
            changes.addAll(super.compare(observed, state));
        }
        return changes;
    }

    @Override
    public ObservedTemplate create(State state) {
        NodeMachine wanted = wanted(state);
        LaunchTemplate made = context.call(
                        "ec2:CreateLaunchTemplate",
                        () -> context.ec2()
                                .createLaunchTemplate(r -> r.launchTemplateName(name(context, pool.name()))
                                        .launchTemplateData(wanted.toRequest())
                                        .tagSpecifications(tagged(ResourceType.LAUNCH_TEMPLATE))))
                .launchTemplate();
        return new ObservedTemplate(made);
    }

    @Override
    public void update(ObservedTemplate observed, List<FieldChange> changes, State state) {
        NodeMachine wanted = wanted(state);
        if (compareData(observed, state).isEmpty()) {
            super.update(observed, changes, state);
        } else {
            context.call(
                    "ec2:CreateLaunchTemplateVersion",
                    () -> context.ec2()
                            .createLaunchTemplateVersion(
                                    r -> r.launchTemplateId(observed.id()).launchTemplateData(wanted.toRequest())));
        }
    }

    @Override
    public void delete(ObservedTemplate observed, State state) {
        delete(context, observed);
    }

    static void delete(AwsContext context, ObservedTemplate observed) {
        context.delete(
                "ec2:DeleteLaunchTemplate",
                () -> context.ec2().deleteLaunchTemplate(r -> r.launchTemplateId(observed.id())));
    }
}
