// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.Table;
import io.osmo.backend.testkit.internal.aws.AwsService;
import io.osmo.backend.testkit.internal.aws.autoscaling.AutoScaling;
import io.osmo.backend.testkit.internal.aws.ec2.Ec2;
import io.osmo.backend.testkit.internal.aws.iam.Iam;
import io.osmo.backend.testkit.internal.aws.kms.Kms;
import io.osmo.backend.testkit.internal.aws.logs.Logs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.eks.model.*;

/** EKS in one region. */
public final class Eks extends AwsService {
    public final Ec2 ec2;
    final AutoScaling autoScaling;
    final Iam iam;
    final Kms kms;
    final Logs logs;
    final Faults faults;
    final EmulatedClusters kubernetes;

    public final Table<Cluster> clusters =
            new Table<>(id -> EksErrors.notFound("No cluster found for name: " + id + "."));
    /** Node groups by cluster and name. */
    public final Table<Nodegroup> nodeGroups = new Table<>(
            id -> EksErrors.notFound("No node group found for name: " + id.substring(id.indexOf('/') + 1) + "."));
    /** Add-ons by cluster and name. */
    public final Table<Addon> addons = new Table<>(id -> EksErrors.notFound("No addon: "
            + id.substring(id.indexOf('/') + 1) + " found in cluster: " + id.substring(0, id.indexOf('/'))));
    /** Access entries by cluster and principal. */
    final Table<AccessEntry> accessEntries = new Table<>(id ->
            EksErrors.notFound("The specified principalArn could not be found: " + id.substring(id.indexOf('/') + 1)));
    /** Access policies by cluster and principal. */
    final Map<String, List<AssociatedAccessPolicy>> accessPolicies = new HashMap<>();
    /** Pod identity associations by cluster and id. */
    final Table<PodIdentityAssociation> podIdentities =
            new Table<>(id -> EksErrors.notFound("Association not found: " + id.substring(id.indexOf('/') + 1)));
    /** Fargate profiles by cluster and name. */
    final Table<FargateProfile> fargateProfiles =
            new Table<>(id -> EksErrors.notFound("No Fargate Profile found with name: " + id));
    /** Capabilities by cluster and name. */
    final Table<Capability> capabilities = new Table<>(id -> EksErrors.notFound("No capability found: " + id));
    /** Updates by id. */
    final Table<StoredUpdate> updates = new Table<>(id -> EksErrors.notFound("No update found for ID: " + id));

    /** @param kubernetes the API servers of all clusters */
    public Eks(
            Ec2 ec2, AutoScaling autoScaling, Iam iam, Kms kms, Logs logs, Faults faults, EmulatedClusters kubernetes) {
        super(ec2.account, ec2.region);
        this.ec2 = ec2;
        this.autoScaling = autoScaling;
        this.iam = iam;
        this.kms = kms;
        this.logs = logs;
        this.faults = faults;
        this.kubernetes = kubernetes;
    }

    /**
     * An update of a cluster or of something in it.
     *
     * @param owner cluster, or cluster and name of what is updated
     */
    record StoredUpdate(String owner, Update update) {}

    @Override
    public List<Object> operations() {
        PoolTemplates templates = new PoolTemplates(this);
        PoolMachines instances = new PoolMachines(this, new PoolJoin(this, new PoolNodes(this, templates)));
        PodIdentities podIdentities = new PodIdentities(this);
        return List.of(
                new Clusters(this),
                new ClusterUpdates(this),
                new NodeGroups(this, templates, instances),
                new PoolUpdates(this, templates, instances),
                new Addons(this, podIdentities),
                new AccessEntries(this),
                podIdentities,
                new FargateProfiles(this),
                new Capabilities(this),
                new EksTags(this),
                new Updates(this),
                new Versions(this));
    }

    /** Name of a cluster's API server among the emulated ones. */
    public static String kubernetesName(String region, String cluster) {
        return region + "-" + cluster;
    }

    /** The API server of a cluster that is or was active. */
    EmulatedCluster kubernetes(String cluster) {
        return kubernetes.get(kubernetesName(this.region, cluster));
    }

    /** A cluster that accepts changes. */
    Cluster requireActive(String name) {
        Cluster cluster = clusters.get(name);
        if (cluster.status() == ClusterStatus.UPDATING) {
            throw EksErrors.inUse("Cluster " + name + " already has an update in progress");
        }
        if (cluster.status() != ClusterStatus.ACTIVE) {
            throw EksErrors.invalidRequest("Cluster '" + name + "' is not in ACTIVE status");
        }
        return cluster;
    }

    List<Nodegroup> nodeGroups(String cluster) {
        return nodeGroups.where(g -> g.clusterName().equals(cluster)).toList();
    }

    /** Whether an instance has joined the cluster. */
    boolean hasNodes(String cluster) {
        return ec2.instances.any(
                i -> cluster.equals(ec2.tags.all(i.instanceId()).get("eks:cluster-name")));
    }

    /** Tags of a cluster or of something in it by kind and names, such as {@code nodegroup/cluster/name}; empty if there is none. */
    public Optional<Map<String, String>> tagsOf(String resource) {
        String key = resource.substring(resource.indexOf('/') + 1);
        return switch (resource.substring(0, resource.indexOf('/'))) {
            case "cluster" -> clusters.find(key).map(Cluster::tags);
            case "nodegroup" -> nodeGroups.find(key).map(Nodegroup::tags);
            case "addon" -> addons.find(key).map(Addon::tags);
            case "access-entry" -> accessEntries.find(key).map(AccessEntry::tags);
            default -> podIdentities.find(key).map(PodIdentityAssociation::tags);
        };
    }

    @Override
    public List<String> inventory() {
        List<String> lines = new ArrayList<>();
        clusters.all().forEach(c -> lines.add("cluster " + c.name() + " " + c.version() + " " + c.statusAsString()));
        nodeGroups
                .all()
                .forEach(g -> lines.add("node-group " + g.nodegroupName() + " " + g.version() + " " + g.statusAsString()
                        + " " + g.scalingConfig().minSize() + "-"
                        + g.scalingConfig().maxSize() + " " + new TreeMap<>(g.labels())));
        addons.all()
                .forEach(a -> lines.add("addon " + a.addonName() + " " + a.addonVersion() + " " + a.statusAsString()));
        accessEntries.all().forEach(e -> lines.add("access-entry " + e.principalArn() + " " + e.type()));
        podIdentities.all().forEach(p -> lines.add("pod-identity " + p.namespace() + "/" + p.serviceAccount()));
        return lines;
    }
}
