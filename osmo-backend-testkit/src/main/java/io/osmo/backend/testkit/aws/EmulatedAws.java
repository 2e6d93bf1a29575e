// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.AwsProvider;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.CallInspector;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.CreateBackupVaultRequest;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * An AWS account in this process: give it to {@code AwsProvider} as its factory of clients.
 *
 * <p>It keeps state, enforces what the services enforce, takes as long as they take on the {@linkplain VirtualTime virtual
 * clock}, and fails by {@linkplain #faults() rule}. Regions have four zones, {@code a} to {@code d}. Ids are the same in every
 * run of the same calls. Safe for concurrent use; calls of all services are serialised.
 */
public final class EmulatedAws implements EmulatedCloud, AwsClients.Factory {
    private final VirtualTime time;
    private final AwsAccount account;
    private final Faults faults;
    private final CallLog calls;
    private final Emulation emulation;
    private final EmulatedIam iam;
    private final EmulatedClusters clusters;
    private final Map<String, Region> regions = new TreeMap<>();

    private EmulatedAws(Builder builder) {
        this.time = builder.time;
        this.account = new AwsAccount(builder.accountId, time::now, builder.seed, builder.pageSize, builder.quotas);
        this.faults = new Faults(time, new AwsRefusals());
        this.calls = new CallLog(builder.inspectors);
        this.emulation = new Emulation(account, faults, calls);
        this.iam = new EmulatedIam(account);
        this.clusters = new EmulatedClusters(time, this::advance);
    }

    /** An account with default limits. */
    public static EmulatedAws on(VirtualTime time) {
        return builder(time).build();
    }

    public static Builder builder(VirtualTime time) {
        return new Builder(time);
    }

    /** What of an account can be chosen. */
    public static final class Builder {
        private final VirtualTime time;
        private final Map<String, Double> quotas = new HashMap<>();
        private final List<CallInspector> inspectors = new ArrayList<>();
        private String accountId = "123456789012";
        private long seed = 1;
        private int pageSize = 100;

        private Builder(VirtualTime time) {
            this.time = time;
        }

        /** Twelve digits; default {@code 123456789012}. */
        public Builder accountId(String id) {
            this.accountId = id;
            return this;
        }

        /** Seed of ids. */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /** Most items that a list call gives at once, at least 1; a small number makes every caller page. Default 100. */
        public Builder pageSize(int items) {
            if (items < 1) {
                throw new IllegalArgumentException("a page holds at least one item, not " + items);
            }
            this.pageSize = items;
            return this;
        }

        /** A service limit by quota code, such as {@code L-F678F1CE} for VPCs per region, of which the default is 5. */
        public Builder quota(String code, double value) {
            AwsQuotas.defaultValue(code);
            quotas.put(code, value);
            return this;
        }

        /** Looks at every request and response. */
        public Builder inspector(CallInspector inspector) {
            inspectors.add(inspector);
            return this;
        }

        public EmulatedAws build() {
            return new EmulatedAws(this);
        }
    }

    @Override
    public CloudProvider provider() {
        return new AwsProvider(this);
    }

    @Override
    public Faults faults() {
        return faults;
    }

    @Override
    public List<Call> calls() {
        return calls.calls();
    }

    @Override
    public void forgetCalls() {
        calls.forget();
    }

    @Override
    public EmulatedCluster cluster(BackendRef backend) {
        return cluster(backend.region(), backend.name());
    }

    /** A backup vault. */
    @Override
    public void plantForeignObject(BackendRef backend) {
        synchronized (account) {
            account.advance();
            var unused = region(backend.region())
                    .backup
                    .createBackupVault(CreateBackupVaultRequest.builder()
                            .backupVaultName("osmo-" + backend.name())
                            .build());
        }
    }

    /** The Kubernetes side of an EKS cluster that has become active. */
    public EmulatedCluster cluster(String region, String name) {
        advance();
        return clusters.get(region + "-" + name);
    }

    @Override
    public List<String> inventory() {
        synchronized (account) {
            account.advance();
            List<String> lines = new ArrayList<>(iam.inventory());
            regions.values().forEach(region -> lines.addAll(AwsInventory.of(region.state, region.kms, region.backup)));
            lines.sort(null);
            return lines;
        }
    }

    /** Leaves a network load balancer in a cluster's network, as the controller of a Service makes it. */
    public void plantLoadBalancer(String region, String cluster, String service) {
        synchronized (account) {
            account.advance();
            region(region).loadBalancers.plant(cluster, service);
        }
    }

    /** Leaves a volume in the region, as the EBS CSI driver makes it for a claim. */
    public void plantVolume(String region, String cluster, String claim) {
        synchronized (account) {
            account.advance();
            AwsInventory.plantVolume(region(region).state, cluster, claim);
        }
    }

    @Override
    public AwsClients open(String region, EksSettings settings) {
        synchronized (account) {
            return region(region);
        }
    }

    /** Stops the API servers of the clusters. */
    @Override
    public void close() {
        clusters.close();
    }

    private void advance() {
        synchronized (account) {
            account.advance();
        }
    }

    private Region region(String name) {
        return regions.computeIfAbsent(name, Region::new);
    }

    /** The emulated services of one region. */
    private final class Region implements AwsClients {
        private final AwsRegion state;
        private final EmulatedKms kms;
        private final EmulatedBackup backup;
        private final EmulatedLoadBalancers loadBalancers;
        private final AutoScalingClient autoScalingClient;
        private final BackupClient backupClient;
        private final Ec2Client ec2Client;
        private final EksClient eksClient;
        private final ElasticLoadBalancingClient elbClient;
        private final ElasticLoadBalancingV2Client elbV2Client;
        private final IamClient iamClient;
        private final KmsClient kmsClient;
        private final CloudWatchLogsClient logsClient;
        private final ResourceGroupsTaggingApiClient taggingClient;
        private final ServiceQuotasClient serviceQuotasClient;
        private final SsmClient ssmClient;
        private final StsClient stsClient;

        private Region(String name) {
            state = new AwsRegion(account, name);
            kms = new EmulatedKms(account, name);
            backup = new EmulatedBackup(account, name, iam);
            loadBalancers = new EmulatedLoadBalancers(state);
            EksAccess access = new EksAccess(state, iam);
            autoScalingClient =
                    emulation.client(AutoScalingClient.class, "autoscaling", new EmulatedAutoScaling(state));
            backupClient = emulation.client(BackupClient.class, "backup", backup);
            ec2Client = emulation.client(
                    Ec2Client.class,
                    "ec2",
                    new Ec2Vpcs(state),
                    new Ec2Gateways(state),
                    new Ec2Routes(state),
                    new Ec2Endpoints(state),
                    new Ec2SecurityGroups(state),
                    new Ec2NetworkInterfaces(state),
                    new Ec2Tags(state),
                    new Ec2Catalogue(state),
                    new Ec2LaunchTemplates(state),
                    new Ec2Instances(state));
            eksClient = emulation.client(
                    EksClient.class,
                    "eks",
                    new EksClusters(state, iam, kms, clusters),
                    new EksNodeGroups(state, iam, faults, clusters),
                    new EksAddons(state, access, clusters),
                    access,
                    new EksUpdates(state),
                    new EksVersions(state));
            elbClient = emulation.client(
                    ElasticLoadBalancingClient.class, "elasticloadbalancing", new EmulatedClassicLoadBalancers(state));
            elbV2Client = emulation.client(ElasticLoadBalancingV2Client.class, "elasticloadbalancing", loadBalancers);
            iamClient = emulation.client(IamClient.class, "iam", iam);
            kmsClient = emulation.client(KmsClient.class, "kms", kms);
            logsClient = emulation.client(CloudWatchLogsClient.class, "logs", new EmulatedLogs(state));
            taggingClient = emulation.client(
                    ResourceGroupsTaggingApiClient.class, "tag", new EmulatedTagging(state, kms, loadBalancers));
            serviceQuotasClient =
                    emulation.client(ServiceQuotasClient.class, "servicequotas", new EmulatedServiceQuotas(account));
            ssmClient = emulation.client(SsmClient.class, "ssm", new EmulatedSsm(account));
            stsClient = emulation.client(StsClient.class, "sts", new EmulatedSts(account));
        }

        @Override
        public AutoScalingClient autoScaling() {
            return autoScalingClient;
        }

        @Override
        public BackupClient backup() {
            return backupClient;
        }

        @Override
        public Ec2Client ec2() {
            return ec2Client;
        }

        @Override
        public EksClient eks() {
            return eksClient;
        }

        @Override
        public ElasticLoadBalancingClient elb() {
            return elbClient;
        }

        @Override
        public ElasticLoadBalancingV2Client elbV2() {
            return elbV2Client;
        }

        @Override
        public IamClient iam() {
            return iamClient;
        }

        @Override
        public KmsClient kms() {
            return kmsClient;
        }

        @Override
        public CloudWatchLogsClient logs() {
            return logsClient;
        }

        @Override
        public ResourceGroupsTaggingApiClient tagging() {
            return taggingClient;
        }

        @Override
        public ServiceQuotasClient serviceQuotas() {
            return serviceQuotasClient;
        }

        @Override
        public SsmClient ssm() {
            return ssmClient;
        }

        @Override
        public StsClient sts() {
            return stsClient;
        }

        @Override
        public AwsCredentialsProvider credentials() {
            return StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAEMULATED", "emulated"));
        }

        /** The region outlives its clients. */
        @Override
        public void close() {}
    }
}
