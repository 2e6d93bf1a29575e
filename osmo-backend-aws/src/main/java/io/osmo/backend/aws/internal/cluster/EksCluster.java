// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.EksUpdates;
import io.osmo.backend.aws.internal.Tags;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.AuthenticationMode;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.EncryptionConfig;
import software.amazon.awssdk.services.eks.model.LogSetup;
import software.amazon.awssdk.services.eks.model.LogType;
import software.amazon.awssdk.services.eks.model.Logging;
import software.amazon.awssdk.services.eks.model.UpdateClusterConfigRequest;

/**
 * The control plane (CP-1, CP-3, SC-1, SC-3). EKS itself makes its creator an administrator, for only EKS knows the creator's
 * principal in the form that access entries take. Its version is raised by {@link ControlPlaneUpgrade}, not here.
 */
public final class EksCluster extends AwsResource<Cluster> {
    public static final ResourceId ID = ResourceId.of("eks-cluster", "main");

    /** EKS documents ten minutes for a creation; updates of the endpoint or the version take nearly as long. */
    static final Timing TIMING = new Timing(
            Duration.ofMinutes(9),
            Duration.ofMinutes(4),
            Duration.ofMinutes(4),
            Duration.ofSeconds(15),
            Duration.ofMinutes(45));

    private static final String ENDPOINT = "resourcesVpcConfig.endpoint";
    private static final String CIDRS = "resourcesVpcConfig.publicAccessCidrs";
    private static final String SUBNETS = "resourcesVpcConfig.subnetIds";
    private static final String LOGGING = "logging";
    private static final String PROTECTION = "deletionProtection";
    private static final String SUPPORT = "upgradePolicy.supportType";
    private static final String ENCRYPTION = "encryptionConfig";

    private final ClusterWish wish;
    private final EksUpdates updates;

    EksCluster(AwsContext aws, ClusterWish wish) {
        super(
                aws,
                ID,
                Cluster.class,
                after(wish.subnets()),
                TIMING,
                "EKS cluster " + aws.name() + ", Kubernetes " + wish.version());
        this.wish = wish;
        this.updates = new EksUpdates(aws, r -> {});
    }

    private static Set<ResourceId> after(List<ResourceId> subnets) {
        Set<ResourceId> after = new HashSet<>(subnets);
        after.add(IamRole.id(RoleKind.CLUSTER));
        after.add(Prerequisites.KEY);
        return after;
    }

    @Override
    public Optional<Cluster> read(State state) {
        return describe(aws);
    }

    /** The cluster as EKS describes it; empty when there is none of that name, whoever made it. */
    public static Optional<Cluster> describe(AwsContext aws) {
        return aws.find(
                "eks:DescribeCluster",
                () -> aws.clients()
                        .eks()
                        .describeCluster(r -> r.name(aws.name()))
                        .cluster());
    }

    @Override
    public Readiness readiness(Cluster observed) {
        return readinessOf(observed);
    }

    static Readiness readinessOf(Cluster observed) {
        return switch (observed.status()) {
            case ACTIVE -> Readiness.ready();
            case CREATING, PENDING, UPDATING -> Readiness.pending(observed.statusAsString());
            case DELETING -> Readiness.deleting();
            default -> Readiness.failed(observed.statusAsString() + issues(observed));
        };
    }

    /** What EKS says is wrong, after a colon; empty when nothing is. */
    public static String issues(Cluster observed) {
        return observed.health() == null || observed.health().issues().isEmpty()
                ? ""
                : observed.health().issues().stream()
                        .map(issue -> issue.codeAsString() + ": " + issue.message())
                        .collect(Collectors.joining("; ", ": ", ""));
    }

    @Override
    public List<FieldChange> compare(Cluster observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        compareFixed(observed, state, changes);
        boolean publicNow = observed.resourcesVpcConfig().endpointPublicAccess();
        boolean privateNow = observed.resourcesVpcConfig().endpointPrivateAccess();
        if (publicNow != wish.publicAccess() || !privateNow) {
            changes.add(FieldChange.inPlace(
                    ENDPOINT, endpoints(publicNow, privateNow), endpoints(wish.publicAccess(), true)));
        }
        Set<String> cidrs = new TreeSet<>(observed.resourcesVpcConfig().publicAccessCidrs());
        if (wish.publicAccess() && !cidrs.equals(wish.publicCidrs())) {
            changes.add(FieldChange.inPlace(CIDRS, cidrs, wish.publicCidrs()));
        }
        Set<String> subnets = new TreeSet<>(observed.resourcesVpcConfig().subnetIds());
        Set<String> wantedSubnets = subnetIds(state);
        if (!subnets.equals(wantedSubnets)) {
            changes.add(FieldChange.inPlace(SUBNETS, subnets, wantedSubnets));
        }
        if (aws.settings().offers(EksFeature.CLUSTER_CONFIG)) {
            compareConfig(observed, changes);
        }
        changes.addAll(Tags.compare(observed.tags(), aws.tags().of(ID)));
        return changes;
    }

    /** What EKS cannot change in a cluster that stands. */
    private void compareFixed(Cluster observed, State state, List<FieldChange> changes) {
        if (aws.settings().offers(EksFeature.VERSION_UPDATES)
                && KubernetesVersion.of(observed.version()).compareTo(wish.version()) > 0) {
            changes.add(FieldChange.impossible("version", observed.version(), wish.version()));
        }
        String role = Prerequisites.roleArn(state, RoleKind.CLUSTER);
        if (!role.equals(observed.roleArn())) {
            changes.add(FieldChange.impossible("roleArn", observed.roleArn(), role));
        }
        String cidr = observed.kubernetesNetworkConfig() == null
                ? null
                : observed.kubernetesNetworkConfig().serviceIpv4Cidr();
        if (cidr != null && !cidr.equals(wish.serviceCidr())) {
            changes.add(FieldChange.impossible("kubernetesNetworkConfig.serviceIpv4Cidr", cidr, wish.serviceCidr()));
        }
        String key = Prerequisites.keyArn(state);
        Optional<String> keyNow = secretsKey(observed);
        if (keyNow.isEmpty()) {
            changes.add(FieldChange.inPlace(ENCRYPTION, "none", key));
        } else if (!keyNow.get().equals(key)) {
            changes.add(FieldChange.impossible(ENCRYPTION, keyNow.get(), key));
        }
    }

    private void compareConfig(Cluster observed, List<FieldChange> changes) {
        Set<String> logs = enabledLogs(observed);
        if (!logs.equals(wish.logTypes())) {
            changes.add(FieldChange.inPlace(LOGGING, logs, wish.logTypes()));
        }
        boolean protectedNow = isProtected(observed);
        if (protectedNow != wish.deletionProtection()) {
            changes.add(FieldChange.inPlace(PROTECTION, protectedNow, wish.deletionProtection()));
        }
        String support = observed.upgradePolicy() == null
                ? "none"
                : observed.upgradePolicy().supportTypeAsString();
        if (!wish.supportType().equals(support)) {
            changes.add(FieldChange.inPlace(SUPPORT, support, wish.supportType()));
        }
    }

    private static String endpoints(boolean isPublic, boolean isPrivate) {
        return isPublic ? isPrivate ? "public and private" : "public" : isPrivate ? "private" : "none";
    }

    /** Key that encrypts Secrets; empty when only EKS' own key does. */
    public static Optional<String> secretsKey(Cluster cluster) {
        return cluster.encryptionConfig().stream()
                .filter(config -> config.resources().contains("secrets"))
                .map(config -> config.provider().keyArn())
                .findFirst();
    }

    /** Kinds of logs that are on. */
    public static Set<String> enabledLogs(Cluster cluster) {
        return cluster.logging() == null
                ? Set.of()
                : cluster.logging().clusterLogging().stream()
                        .filter(setup -> Boolean.TRUE.equals(setup.enabled()))
                        .flatMap(setup -> setup.typesAsStrings().stream())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether EKS refuses to delete the cluster. */
    public static boolean isProtected(Cluster cluster) {
        return Boolean.TRUE.equals(cluster.deletionProtection());
    }

    private Set<String> subnetIds(State state) {
        return wish.subnets().stream()
                .map(id -> state.require(id, Subnet.class).subnetId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Logging logging() {
        List<LogSetup> setups = new ArrayList<>();
        addSetup(setups, wish.logTypes(), true);
        Set<String> off = new TreeSet<>(ClusterWish.LOG_TYPES);
        off.removeAll(wish.logTypes());
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

    @Override
    public Cluster create(State state) {
        String role = Prerequisites.roleArn(state, RoleKind.CLUSTER);
        String key = Prerequisites.keyArn(state);
        Set<String> subnets = subnetIds(state);
        return aws.call(
                        "eks:CreateCluster",
                        () -> aws.clients()
                                .eks()
                                .createCluster(r -> r.name(aws.name())
                                        .version(wish.version().toString())
                                        .roleArn(role)
                                        .clientRequestToken(aws.token(ID, wish, role, key, subnets))
                                        .encryptionConfig(encryption(key))
                                        .resourcesVpcConfig(vpc -> {
                                            vpc.subnetIds(subnets)
                                                    .endpointPrivateAccess(true)
                                                    .endpointPublicAccess(wish.publicAccess());
                                            if (wish.publicAccess()) {
                                                vpc.publicAccessCidrs(wish.publicCidrs());
                                            }
                                        })
                                        .kubernetesNetworkConfig(n -> n.serviceIpv4Cidr(wish.serviceCidr()))
                                        .logging(logging())
                                        .accessConfig(a -> a.authenticationMode(AuthenticationMode.API)
                                                .bootstrapClusterCreatorAdminPermissions(true))
                                        // What EKS would install by itself could not be updated by it: the add-ons
                                        // replace it.
                                        .bootstrapSelfManagedAddons(
                                                !aws.settings().offers(EksFeature.ADDONS))
                                        .upgradePolicy(u -> u.supportType(wish.supportType()))
                                        .deletionProtection(wish.deletionProtection())
                                        .tags(aws.tags().of(ID))))
                .cluster();
    }

    @Override
    public void update(Cluster observed, List<FieldChange> changes, State state) {
        updates.requireSuccess();
        FieldChange first = changes.get(0);
        switch (first.field()) {
            case ENDPOINT, CIDRS ->
                config(r -> r.resourcesVpcConfig(vpc -> {
                    vpc.endpointPrivateAccess(true).endpointPublicAccess(wish.publicAccess());
                    if (wish.publicAccess()) {
                        vpc.publicAccessCidrs(wish.publicCidrs());
                    }
                }));
            case SUBNETS -> config(r -> r.resourcesVpcConfig(vpc -> vpc.subnetIds(subnetIds(state))));
            case LOGGING -> config(r -> r.logging(logging()));
            case PROTECTION -> config(r -> r.deletionProtection(wish.deletionProtection()));
            case SUPPORT -> config(r -> r.upgradePolicy(u -> u.supportType(wish.supportType())));
            case ENCRYPTION ->
                updates.started(aws.call(
                                "eks:AssociateEncryptionConfig",
                                () -> aws.clients()
                                        .eks()
                                        .associateEncryptionConfig(r -> r.clusterName(aws.name())
                                                .encryptionConfig(encryption(Prerequisites.keyArn(state)))))
                        .update());
            default -> {
                Map<String, String> tags = aws.tags().of(ID);
                aws.call(
                        "eks:TagResource",
                        () -> aws.clients()
                                .eks()
                                .tagResource(r -> r.resourceArn(observed.arn()).tags(tags)));
            }
        }
    }

    private void config(java.util.function.Consumer<UpdateClusterConfigRequest.Builder> change) {
        updates.started(aws.call(
                        "eks:UpdateClusterConfig",
                        () -> aws.clients().eks().updateClusterConfig(r -> {
                            r.name(aws.name());
                            change.accept(r);
                        }))
                .update());
    }

    @Override
    public void delete(Cluster observed, State state) {
        Standing.delete(aws, observed);
    }

    /** A refusal to delete a protected cluster: EKS would refuse as well, but only once all else is gone. */
    static CloudException protection(String name) {
        return CloudException.of(CloudError.INVALID_REQUEST, "eks:DeleteCluster")
                .code("DeletionProtection")
                .message("cluster " + name + " is protected against deletion")
                .remedy("Apply the spec with deletionProtection(false) first, then destroy.")
                .build();
    }
}
