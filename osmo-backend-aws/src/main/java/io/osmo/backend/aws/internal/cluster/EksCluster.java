// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.encryption.EncryptionKey;
import io.osmo.backend.aws.internal.encryption.ObservedKey;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.aws.internal.network.ObservedVpc;
import io.osmo.backend.aws.internal.network.VpcNetwork;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.AuthenticationMode;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.eks.model.EncryptionConfig;
import software.amazon.awssdk.services.eks.model.LogSetup;
import software.amazon.awssdk.services.eks.model.LogType;
import software.amazon.awssdk.services.eks.model.Logging;
import software.amazon.awssdk.services.eks.model.UpdateClusterConfigRequest;
import software.amazon.awssdk.services.eks.model.VpcConfigRequest;

/**
 * The control plane (CP-1, CP-3, SC-1, SC-3). EKS itself makes its creator an administrator, since only EKS knows the creator's
 * principal in the form that access entries take. Its version is raised by {@link ControlPlaneUpgrade}, not here.
 */
public final class EksCluster extends ExistingCluster implements Resource<Cluster> {
    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(Ids.CLUSTER.kind())
            .read("eks:DescribeCluster", "eks:DescribeUpdate")
            .create(
                    "eks:CreateCluster",
                    "eks:TagResource",
                    "iam:PassRole",
                    "kms:DescribeKey",
                    "kms:CreateGrant",
                    "iam:CreateServiceLinkedRole")
            .update(
                    "eks:UpdateClusterConfig",
                    "eks:AssociateEncryptionConfig",
                    "kms:DescribeKey",
                    "kms:CreateGrant",
                    "eks:TagResource")
            .destroy("eks:DeleteCluster");

    private static final String ENDPOINT = "resourcesVpcConfig.endpoint";
    private static final String CIDRS = "resourcesVpcConfig.publicAccessCidrs";
    private static final String SUBNETS = "resourcesVpcConfig.subnetIds";
    private static final String LOGGING = "logging";
    private static final String PROTECTION = "deletionProtection";
    private static final String SUPPORT = "upgradePolicy.supportType";
    private static final String ENCRYPTION = "encryptionConfig";

    private final DesiredCluster desired;

    EksCluster(AwsContext context, DesiredCluster desired) {
        super(
                context,
                Ids.CLUSTER,
                after(desired.subnets()),
                "EKS cluster " + context.name() + ", Kubernetes " + desired.version());
        this.desired = desired;
    }

    private static Set<ResourceId> after(List<ResourceId> subnets) {
        Set<ResourceId> after = new HashSet<>(subnets);
        after.add(IamRole.id(RoleKind.CLUSTER));
        after.add(EncryptionKey.ID);
        return after;
    }

    /** One that never became active holds nothing. */
    @Override
    public Optional<String> irreplaceable(Cluster observed) {
        return observed.status() == ClusterStatus.FAILED && observed.endpoint() == null
                ? Optional.empty()
                : Optional.of(
                        "Cluster " + context.name()
                                + " holds all Kubernetes objects: remove what EKS names as the cause, or move to a new backend.");
    }

    @Override
    public List<FieldChange> compare(Cluster observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        Optional<FieldChange> move = anotherVpc(observed, state);
        if (move.isPresent()) {
            return List.of(move.get());
        }
        compareFixed(observed, state, changes);
        boolean publicNow = observed.resourcesVpcConfig().endpointPublicAccess();
        boolean privateNow = observed.resourcesVpcConfig().endpointPrivateAccess();
        if (publicNow != desired.publicAccess() || !privateNow) {
            changes.add(FieldChange.inPlace(
                    ENDPOINT, endpoints(publicNow, privateNow), endpoints(desired.publicAccess(), true)));
        }
        Set<String> cidrs = new TreeSet<>(observed.resourcesVpcConfig().publicAccessCidrs());
        if (desired.publicAccess() && !cidrs.equals(desired.publicCidrs())) {
            changes.add(FieldChange.inPlace(CIDRS, cidrs, desired.publicCidrs()));
        }
        Set<String> subnets = new TreeSet<>(observed.resourcesVpcConfig().subnetIds());
        Set<String> wantedSubnets = foreseenSubnets(state);
        if (!subnets.equals(wantedSubnets)) {
            changes.add(FieldChange.inPlace(SUBNETS, subnets, wantedSubnets));
        }
        if (context.offers(EksFeature.CLUSTER_CONFIG)) {
            compareConfig(observed, changes);
        }
        changes.addAll(compareTags(observed.tags()));
        return changes;
    }

    /** Subnets can be exchanged, but only within the VPC of the cluster. In another one, there may be none to compare with yet. */
    private static Optional<FieldChange> anotherVpc(Cluster observed, State state) {
        Optional<String> wanted = state.find(VpcNetwork.ID, ObservedVpc.class).map(ObservedVpc::id);
        return Optional.ofNullable(observed.resourcesVpcConfig().vpcId())
                .filter(now -> !now.isEmpty() && !Optional.of(now).equals(wanted))
                .map(now -> FieldChange.fixed(
                        "network.existing.id",
                        now,
                        wanted.map(id -> unlessOwn(id, now)).orElse("a new VPC")));
    }

    /** What a spec that names nothing gets is named by nothing in the spec. */
    private static String unlessOwn(String wanted, String now) {
        return wanted + " (leave it out again if " + now + " was made with the backend)";
    }

    /** What EKS cannot change in a cluster that exists. */
    private void compareFixed(Cluster observed, State state, List<FieldChange> changes) {
        String role = IamRole.arn(state, RoleKind.CLUSTER);
        if (!role.equals(observed.roleArn())) {
            changes.add(FieldChange.impossible(
                    "roleArn", observed.roleArn(), role + " (EKS never changes the role of a cluster)"));
        }
        String cidr = observed.kubernetesNetworkConfig() == null
                ? null
                : observed.kubernetesNetworkConfig().serviceIpv4Cidr();
        if (cidr != null && !cidr.equals(desired.serviceCidr())) {
            changes.add(FieldChange.fixed("network.serviceCidr", cidr, desired.serviceCidr()));
        }
        Optional<String> keyNow = secretsKey(observed);
        Optional<String> key = state.find(EncryptionKey.ID, ObservedKey.class)
                .map(found -> found.key().arn());
        if (keyNow.isEmpty()) {
            changes.add(FieldChange.inPlace(ENCRYPTION, "none", EncryptionKey.arn(state)));
        } else if (!keyNow.equals(key)) {
            changes.add(FieldChange.fixed(
                    "encryption.existingKey",
                    keyNow.get(),
                    key.map(arn -> unlessOwn(arn, keyNow.get())).orElse("a new key")));
        }
    }

    private void compareConfig(Cluster observed, List<FieldChange> changes) {
        Set<String> logs = enabledLogs(observed);
        if (!logs.equals(desired.logTypes())) {
            changes.add(FieldChange.inPlace(LOGGING, logs, desired.logTypes()));
        }
        boolean protectedNow = isProtected(observed);
        if (protectedNow != desired.deletionProtection()) {
            changes.add(FieldChange.inPlace(PROTECTION, protectedNow, desired.deletionProtection()));
        }
        String support = observed.upgradePolicy() == null
                ? "none"
                : observed.upgradePolicy().supportTypeAsString();
        if (!desired.supportType().equals(support)) {
            changes.add(FieldChange.inPlace(SUPPORT, support, desired.supportType()));
        }
    }

    private static String endpoints(boolean isPublic, boolean isPrivate) {
        return isPublic ? isPrivate ? "public and private" : "public" : isPrivate ? "private" : "none";
    }

    /** With the names of those that are created first, so that a plan which adds a zone lists all other changes too. */
    private Set<String> foreseenSubnets(State state) {
        return desired.subnets().stream()
                .map(id -> state.find(id, Subnet.class).map(Subnet::subnetId).orElse(id.toString()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> subnetIds(State state) {
        return desired.subnets().stream()
                .map(id -> state.require(id, Subnet.class).subnetId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Logging logging() {
        List<LogSetup> setups = new ArrayList<>();
        addSetup(setups, desired.logTypes(), true);
        Set<String> off = new TreeSet<>(DesiredCluster.LOG_TYPES);
        off.removeAll(desired.logTypes());
        addSetup(setups, off, false);
        return Logging.builder().clusterLogging(setups).build();
    }

    private static void addSetup(List<LogSetup> setups, Set<String> types, boolean on) {
        if (!types.isEmpty()) {
            setups.add(LogSetup.builder()
                    .types(types.stream().map(LogType::fromValue).toList())
                    .enabled(on)
                    .build());
        }
    }

    private static EncryptionConfig encryption(String key) {
        return EncryptionConfig.builder()
                .resources("secrets")
                .provider(p -> p.keyArn(key))
                .build();
    }

    private void endpoint(VpcConfigRequest.Builder vpc) {
        vpc.endpointPrivateAccess(true).endpointPublicAccess(desired.publicAccess());
        if (desired.publicAccess()) {
            vpc.publicAccessCidrs(desired.publicCidrs());
        }
    }

    @Override
    public Cluster create(State state) {
        String role = IamRole.arn(state, RoleKind.CLUSTER);
        String key = EncryptionKey.arn(state);
        Set<String> subnets = subnetIds(state);
        return context.call(
                        "eks:CreateCluster",
                        () -> context.eks()
                                .createCluster(r -> r.name(context.name())
                                        .version(desired.version().toString())
                                        .roleArn(role)
                                        .encryptionConfig(encryption(key))
                                        .resourcesVpcConfig(vpc -> {
                                            vpc.subnetIds(subnets);
                                            endpoint(vpc);
                                        })
                                        .kubernetesNetworkConfig(n -> n.serviceIpv4Cidr(desired.serviceCidr()))
                                        .logging(logging())
                                        .accessConfig(a -> a.authenticationMode(AuthenticationMode.API)
                                                .bootstrapClusterCreatorAdminPermissions(true))
                                        // EKS cannot update what it installs by default; the add-ons replace it.
                                        .bootstrapSelfManagedAddons(!context.offers(EksFeature.ADDONS))
                                        .upgradePolicy(u -> u.supportType(desired.supportType()))
                                        .deletionProtection(desired.deletionProtection())
                                        .tags(tags())))
                .cluster();
    }

    @Override
    public void update(Cluster observed, List<FieldChange> changes, State state) {
        switch (changes.get(0).field()) {
            case ENDPOINT, CIDRS -> config(r -> r.resourcesVpcConfig(this::endpoint));
            case SUBNETS -> config(r -> r.resourcesVpcConfig(vpc -> vpc.subnetIds(subnetIds(state))));
            case LOGGING -> config(r -> r.logging(logging()));
            case PROTECTION -> config(r -> r.deletionProtection(desired.deletionProtection()));
            case SUPPORT -> config(r -> r.upgradePolicy(u -> u.supportType(desired.supportType())));
            case ENCRYPTION ->
                update(
                        "eks:AssociateEncryptionConfig",
                        () -> context.eks()
                                .associateEncryptionConfig(r -> r.clusterName(context.name())
                                        .encryptionConfig(encryption(EncryptionKey.arn(state))))
                                .update());
            default -> tag(observed.arn());
        }
    }

    private void config(Consumer<UpdateClusterConfigRequest.Builder> change) {
        update(
                "eks:UpdateClusterConfig",
                () -> context.eks()
                        .updateClusterConfig(change.andThen(r -> r.name(context.name())))
                        .update());
    }
}
