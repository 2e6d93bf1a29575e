// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.AwsProvider;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.permission.Permissions;
import io.osmo.backend.permission.PolicyDocument;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.cloud.EmulatedCloudBuilder;
import io.osmo.backend.testkit.cloud.ServedCloud;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.AwsQuotas;
import io.osmo.backend.testkit.internal.aws.eks.Eks;
import io.osmo.backend.testkit.internal.aws.iam.Iam;
import io.osmo.backend.testkit.internal.aws.wire.AwsHttp;
import io.osmo.backend.testkit.internal.aws.wire.AwsRefusals;
import io.osmo.backend.testkit.internal.aws.wire.Dispatcher;
import io.osmo.backend.testkit.internal.aws.wire.Existing;
import io.osmo.backend.testkit.internal.aws.wire.RegionClients;
import io.osmo.backend.testkit.internal.http.CloudServer;
import io.osmo.backend.testkit.internal.http.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * An AWS account in this process. Pass it to {@code AwsProvider} as its factory of clients.
 *
 * <p>It keeps state, enforces the rules of the services, takes as long as they do on the {@linkplain VirtualTime virtual clock}, and
 * fails by {@linkplain #faults() rule}. Regions have four zones, {@code a} to {@code d}. Ids are the same in every run of the same calls.
 * Safe for concurrent use; calls of all services are serialized.
 */
public final class EmulatedAws implements EmulatedCloud, AwsClients.Factory {
    private final AwsAccount account;
    private final Faults faults;
    private final CallLog calls;
    private final Dispatcher dispatcher;
    private final Iam iam;
    private final EmulatedClusters clusters;
    private final Pace pace;
    private final Map<String, RegionClients> regions = new TreeMap<>();

    private EmulatedAws(VirtualTime time, AwsAccount account, Set<String> principals, CallLog calls) {
        this.account = account;
        this.faults = new Faults(time, new AwsRefusals(), () -> Operations.ALL);
        this.calls = calls;
        this.dispatcher = new Dispatcher(account, faults, calls);
        this.iam = new Iam(account, principals, dispatcher.rights()::allows);
        this.pace = new Pace(time);
        this.clusters = new EmulatedClusters(time, () -> {
            pace.tick();
            advance();
        });
    }

    /** What is emulated is the same in each account and region. */
    private static final class Operations {
        static final List<String> ALL = of(VirtualTime.seeded(0));

        private static List<String> of(VirtualTime time) {
            EmulatedAws aws = on(time);
            return new RegionClients("us-east-1", aws.dispatcher, aws.iam, aws.faults, aws.clusters).operations();
        }
    }

    /** An account with default limits. */
    public static EmulatedAws on(VirtualTime time) {
        return builder(time).build();
    }

    public static Builder builder(VirtualTime time) {
        return new Builder(time);
    }

    /** Configures an account. */
    public static final class Builder extends EmulatedCloudBuilder<Builder> {
        private final Map<String, Double> quotas = new HashMap<>();
        private final Set<String> principals = new TreeSet<>();
        private String accountId = "123456789012";
        private String partition = "aws";

        private Builder(VirtualTime time) {
            super(time, 100);
        }

        /** The account ID, twelve digits. Default: {@code 123456789012}. */
        public Builder accountId(String id) {
            this.accountId = id;
            return this;
        }

        /** The partition of the account, {@code aws}, {@code aws-cn} or {@code aws-us-gov}; its regions are those that it has. */
        public Builder partition(String id) {
            this.partition = id;
            return this;
        }

        /** A service limit by quota code, such as {@code L-F678F1CE} for VPCs per region, which is 5 by default. */
        public Builder quota(String code, double value) {
            AwsQuotas.defaultValue(code);
            quotas.put(code, value);
            return this;
        }

        /** Adds an IAM role or user that already exists, such as {@code role/Admin} or {@code user/division/alice}. */
        public Builder principal(String pathAndName) {
            principals.add(pathAndName);
            return this;
        }

        public EmulatedAws build() {
            AwsAccount account = new AwsAccount(accountId, partition, time()::now, seed(), pageSize(), quotas);
            return new EmulatedAws(time(), account, principals, new CallLog(inspectors()));
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
    public void allowOnly(Collection<String> actions) {
        dispatcher.limit(actions, List.of(), existing());
    }

    /**
     * {@inheritDoc} Resources and conditions of the policies count for changes of AWS Backup, EC2, EKS, Elastic Load Balancing and IAM, and
     * for keys and aliases of KMS that are changed or deleted; for other calls, only the actions count.
     */
    @Override
    public void allowOnly(Permissions permissions) {
        dispatcher.limit(
                permissions.actions(),
                permissions.documents().stream().map(PolicyDocument::text).toList(),
                existing());
    }

    private Existing existing() {
        return new Existing() {
            @Override
            public String role(String name) {
                return iam.rolePath(name);
            }

            @Override
            public Optional<Map<String, String>> tags(String service, String name) {
                return regions.values().stream()
                        .flatMap(region -> region.tags().find(service, name).stream())
                        .findFirst();
            }
        };
    }

    @Override
    public void denyAction(String action) {
        synchronized (account) {
            iam.denyByOrganization(action);
            dispatcher.rights().deny(action);
        }
    }

    /** Removes an action from the permissions boundary of the caller, whatever its policies allow. */
    public void denyByBoundary(String action) {
        synchronized (account) {
            iam.denyByBoundary(action);
            dispatcher.rights().deny(action);
        }
    }

    /** Adds a statement to a policy of the caller that denies an action, whatever others allow. */
    public void denyByStatement(String action) {
        synchronized (account) {
            iam.denyByStatement(action);
            dispatcher.rights().deny(action);
        }
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

    /** {@inheritDoc} Here a backup vault. */
    @Override
    public void plantForeignObject(BackendRef backend) {
        synchronized (account) {
            account.advance();
            region(backend.region()).plantVault("osmo-" + backend.name());
        }
    }

    /** The Kubernetes side of an EKS cluster that has become active. */
    public EmulatedCluster cluster(String region, String name) {
        advance();
        return clusters.get(Eks.kubernetesName(region, name));
    }

    @Override
    public List<String> inventory() {
        synchronized (account) {
            account.advance();
            List<String> lines = new ArrayList<>(iam.inventory());
            regions.values().forEach(region -> lines.addAll(region.inventory()));
            lines.sort(null);
            return lines;
        }
    }

    /**
     * Publishes newer node images for all versions of Kubernetes.
     *
     * @param date day of the release, such as {@code 20261201}
     */
    public void publishNodeImages(String date) {
        synchronized (account) {
            account.publishImages(date);
        }
    }

    /** Withdraws an instance type from all regions: it is no longer listed, and machines of it that run stay. */
    public void withdraw(String instanceType) {
        synchronized (account) {
            account.withdraw(instanceType);
        }
    }

    /** Adds a network load balancer to the network of a cluster, as the controller of a Service creates it. */
    public void plantLoadBalancer(String region, String cluster, String service) {
        synchronized (account) {
            account.advance();
            region(region).plantLoadBalancer(cluster, service);
        }
    }

    /** Adds a volume in the region, as the EBS CSI driver creates it for a claim. */
    public void plantVolume(String region, String cluster, String claim) {
        synchronized (account) {
            account.advance();
            region(region).plantVolume(cluster, claim);
        }
    }

    /**
     * Occupies all free addresses of a subnet, as other machines would, or releases them.
     *
     * @param subnet id of the subnet
     */
    public void fillSubnet(String region, String subnet, boolean taken) {
        synchronized (account) {
            account.advance();
            region(region).fillSubnet(subnet, taken);
        }
    }

    /**
     * Puts an object into a state that no call of its account can produce.
     *
     * @param id id of a VPC endpoint, for a state such as {@code Rejected}; of a key, such as {@code Unavailable}; or of the association of
     *     a route table, such as {@code failed}
     */
    public void plantState(String region, String id, String state) {
        synchronized (account) {
            account.advance();
            region(region).plantState(id, state);
        }
    }

    /**
     * Buys a capacity block, which has no call that this account could make.
     *
     * @return its id, such as {@code cr-0123456789abcdef0}
     */
    public String plantCapacityBlock(
            String region, String instanceType, String zone, int count, Instant start, Instant end) {
        synchronized (account) {
            account.advance();
            return region(region).plantCapacityBlock(instanceType, zone, count, start, end);
        }
    }

    @Override
    public AwsClients open(String region, EksSettings settings) {
        synchronized (account) {
            return region(region);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>One URL is the endpoint of all emulated services. The signature of a request contains its region and service.
     */
    @Override
    public Optional<ServedCloud> serve(Duration perRequest) {
        AwsHttp http = new AwsHttp(name -> {
            synchronized (account) {
                return region(name);
            }
        });
        return Optional.of(new CloudServer(pace, perRequest, http::answer, AwsHttp::environment));
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

    private RegionClients region(String name) {
        String partition = PartitionMetadata.of(Region.of(name)).id();
        if (!partition.equals(account.partition())) {
            throw new IllegalArgumentException("region " + name + " is of partition " + partition
                    + ", the emulated account of " + account.partition());
        }
        return regions.computeIfAbsent(name, key -> new RegionClients(key, dispatcher, iam, faults, clusters));
    }

    /** The clusters of the account. */
    @Override
    public String toString() {
        return "EmulatedAws[" + clusters + "]";
    }
}
