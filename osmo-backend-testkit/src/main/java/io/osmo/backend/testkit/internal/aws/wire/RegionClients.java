// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.AwsService;
import io.osmo.backend.testkit.internal.aws.autoscaling.AutoScaling;
import io.osmo.backend.testkit.internal.aws.backup.Backup;
import io.osmo.backend.testkit.internal.aws.ec2.Ec2;
import io.osmo.backend.testkit.internal.aws.eks.Eks;
import io.osmo.backend.testkit.internal.aws.elb.ClassicLoadBalancers;
import io.osmo.backend.testkit.internal.aws.elb.NetworkLoadBalancers;
import io.osmo.backend.testkit.internal.aws.iam.Iam;
import io.osmo.backend.testkit.internal.aws.kms.Kms;
import io.osmo.backend.testkit.internal.aws.logs.Logs;
import io.osmo.backend.testkit.internal.aws.pricing.PriceList;
import io.osmo.backend.testkit.internal.aws.quotas.ServiceQuotas;
import io.osmo.backend.testkit.internal.aws.ssm.Ssm;
import io.osmo.backend.testkit.internal.aws.sts.Sts;
import io.osmo.backend.testkit.internal.aws.tagging.Tagging;
import io.osmo.backend.testkit.internal.aws.tagging.TagsByName;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The emulated services of one region. Closing the clients keeps their state. */
public final class RegionClients implements AwsClients {
    private final String region;
    private final Dispatcher dispatcher;
    private final Iam iam;
    private final AutoScaling autoScaling;
    private final Backup backup;
    private final ClassicLoadBalancers classicLoadBalancers;
    private final Ec2 ec2;
    private final Eks eks;
    private final Kms kms;
    private final NetworkLoadBalancers loadBalancers;
    private final Logs logs;
    private final PriceList priceList;
    private final ServiceQuotas serviceQuotas;
    private final Ssm ssm;
    private final Sts sts;
    private final Tagging tagging;
    private final TagsByName tags;
    /** Clients by type, created when first used. */
    private final Map<Class<?>, Object> clients = new ConcurrentHashMap<>();
    /** What answers calls that do not come from clients, by prefix of IAM actions. */
    private final Map<String, List<EmulatedClient.Target>> targets = new ConcurrentHashMap<>();

    public RegionClients(String region, Dispatcher dispatcher, Iam iam, Faults faults, EmulatedClusters kubernetes) {
        AwsAccount account = iam.account;
        this.region = region;
        this.dispatcher = dispatcher;
        this.iam = iam;
        this.backup = new Backup(account, region, iam);
        this.classicLoadBalancers = new ClassicLoadBalancers(account, region);
        this.ec2 = new Ec2(account, region);
        this.autoScaling = new AutoScaling(ec2);
        this.kms = new Kms(account, region);
        this.logs = new Logs(account, region);
        this.eks = new Eks(ec2, autoScaling, iam, kms, logs, faults, kubernetes);
        this.loadBalancers = new NetworkLoadBalancers(eks);
        this.priceList = new PriceList(account, region);
        this.serviceQuotas = new ServiceQuotas(account, region);
        this.ssm = new Ssm(account, region);
        this.sts = new Sts(account, region);
        this.tagging = new Tagging(ec2, eks, kms, loadBalancers);
        this.tags = new TagsByName(ec2, eks, iam, kms, backup, loadBalancers);
    }

    /** What exists in the region: one line each, without ids and times. */
    public List<String> inventory() {
        return Stream.of(ec2, autoScaling, backup, eks, kms, logs)
                .flatMap(service -> service.inventory().stream())
                .toList();
    }

    /** Names of all operations that are emulated. */
    public List<String> operations() {
        return services().entrySet().stream()
                .flatMap(service -> Dispatcher.operations(
                        service.getValue(), service.getKey().operations()))
                .sorted()
                .toList();
    }

    /** What answers the calls of services with a prefix of IAM actions; the two kinds of load balancers share one. */
    public List<EmulatedClient.Target> targets(String prefix) {
        return targets.computeIfAbsent(
                prefix,
                key -> services().entrySet().stream()
                        .filter(service -> service.getValue().equals(key))
                        .map(service -> dispatcher.target(key, service.getKey().operations(), Optional.empty()))
                        .toList());
    }

    /** Prefixes of IAM actions by service. */
    private Map<AwsService, String> services() {
        Map<AwsService, String> services = new IdentityHashMap<>();
        services.put(autoScaling, "autoscaling");
        services.put(backup, "backup");
        services.put(ec2, "ec2");
        services.put(eks, "eks");
        services.put(classicLoadBalancers, "elasticloadbalancing");
        services.put(loadBalancers, "elasticloadbalancing");
        services.put(iam, "iam");
        services.put(kms, "kms");
        services.put(logs, "logs");
        services.put(tagging, "tag");
        services.put(priceList, "pricing");
        services.put(serviceQuotas, "servicequotas");
        services.put(ssm, "ssm");
        services.put(sts, "sts");
        return services;
    }

    /** Tags of what calls name. */
    public TagsByName tags() {
        return tags;
    }

    /** Creates a backup vault that belongs to someone else. */
    public void plantVault(String name) {
        backup.plantVault(name);
    }

    /** Leaves a network load balancer behind, as the controller of a Service creates it. */
    public void plantLoadBalancer(String cluster, String service) {
        loadBalancers.plant(cluster, service);
    }

    /** Takes all free addresses of a subnet, or gives them back. */
    public void fillSubnet(String subnet, boolean taken) {
        ec2.fill(subnet, taken);
    }

    /** Leaves a volume behind, as the EBS CSI driver creates it for a claim. */
    public void plantVolume(String cluster, String claim) {
        ec2.plantVolume(cluster, claim);
    }

    /** Puts a key or an object of EC2 into a state that no call can produce. */
    public void plantState(String id, String state) {
        if (!ec2.plantState(id, state)) {
            kms.plantState(id, state);
        }
    }

    public String plantCapacityBlock(String type, String zone, int count, Instant start, Instant end) {
        return ec2.plantCapacityBlock(type, zone, count, start, end);
    }

    private <C> C client(Class<C> type, String prefix, AwsService service) {
        return type.cast(clients.computeIfAbsent(
                type, key -> dispatcher.client(type, prefix, service.operations(), unknownHost(prefix))));
    }

    /** A region that does not exist has no hosts. IAM alone has one for all regions. */
    private Optional<String> unknownHost(String service) {
        return Region.of(region).metadata() != null || service.equals("iam")
                ? Optional.empty()
                : Optional.of(service + "." + region + "."
                        + PartitionMetadata.of(Region.of(region)).dnsSuffix());
    }

    @Override
    public AutoScalingClient autoScaling() {
        return client(AutoScalingClient.class, "autoscaling", autoScaling);
    }

    @Override
    public BackupClient backup() {
        return client(BackupClient.class, "backup", backup);
    }

    @Override
    public Ec2Client ec2() {
        return client(Ec2Client.class, "ec2", ec2);
    }

    @Override
    public EksClient eks() {
        return client(EksClient.class, "eks", eks);
    }

    @Override
    public ElasticLoadBalancingClient elb() {
        return client(ElasticLoadBalancingClient.class, "elasticloadbalancing", classicLoadBalancers);
    }

    @Override
    public ElasticLoadBalancingV2Client elbV2() {
        return client(ElasticLoadBalancingV2Client.class, "elasticloadbalancing", loadBalancers);
    }

    @Override
    public IamClient iam() {
        return client(IamClient.class, "iam", iam);
    }

    @Override
    public KmsClient kms() {
        return client(KmsClient.class, "kms", kms);
    }

    @Override
    public CloudWatchLogsClient logs() {
        return client(CloudWatchLogsClient.class, "logs", logs);
    }

    @Override
    public PricingClient pricing() {
        return client(PricingClient.class, "pricing", priceList);
    }

    @Override
    public ResourceGroupsTaggingApiClient tagging() {
        return client(ResourceGroupsTaggingApiClient.class, "tag", tagging);
    }

    @Override
    public ServiceQuotasClient serviceQuotas() {
        return client(ServiceQuotasClient.class, "servicequotas", serviceQuotas);
    }

    @Override
    public SsmClient ssm() {
        return client(SsmClient.class, "ssm", ssm);
    }

    @Override
    public StsClient sts() {
        return client(StsClient.class, "sts", sts);
    }

    @Override
    public AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAEMULATED", "emulated"));
    }

    @Override
    public void close() {}
}
