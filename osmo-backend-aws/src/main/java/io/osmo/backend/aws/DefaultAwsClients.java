// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import io.osmo.backend.aws.internal.client.AwsHttp;
import io.osmo.backend.aws.internal.client.PriceRegion;
import io.osmo.backend.aws.internal.client.SharedCredentials;
import io.osmo.backend.aws.internal.client.ShortPauses;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
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
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Clients as the SDK makes them from its default credentials chain, environment variables such as {@code AWS_ENDPOINT_URL}
 * and {@code AWS_MAX_ATTEMPTS}, and configuration files. All share one HTTP client of the JDK. Throttling and server errors
 * are retried by the SDK's standard mode, which bounds retries with a token bucket. A profile named in the settings takes
 * precedence over the environment: the default chain would silently prefer {@code AWS_ACCESS_KEY_ID}.
 */
final class DefaultAwsClients implements AwsClients {
    private static final String USER_AGENT = "osmo-backend-java";

    /** With this timeout, three attempts on a host that accepts no connection or TLS handshake take less than ten seconds. */
    private static final Duration CONNECT = Duration.ofMillis(2_500);

    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final Map<Class<?>, SdkAutoCloseable> clients = new ConcurrentHashMap<>();
    private final Region region;
    private final SdkHttpClient http;
    private final AwsCredentialsProvider credentials;
    private final Optional<URI> endpoint;
    private final Optional<String> profile;

    DefaultAwsClients(String region, EksSettings settings) {
        this.region = Region.of(region);
        this.http = AwsHttp.client(CONNECT, ANSWER);
        this.endpoint = settings.endpointOverride();
        this.profile = settings.profile();
        AwsCredentialsProvider found = profile.<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                .orElseGet(() -> new SharedCredentials(
                        DefaultCredentialsProvider.builder().build()));
        this.credentials = settings.roleArn().map(role -> assumed(role, found)).orElse(found);
    }

    @Override
    public AutoScalingClient autoScaling() {
        return client(AutoScalingClient.class, () -> build(AutoScalingClient.builder()));
    }

    @Override
    public BackupClient backup() {
        return client(BackupClient.class, () -> build(BackupClient.builder()));
    }

    @Override
    public Ec2Client ec2() {
        return client(Ec2Client.class, () -> build(Ec2Client.builder()));
    }

    @Override
    public EksClient eks() {
        return client(EksClient.class, () -> build(EksClient.builder()));
    }

    @Override
    public ElasticLoadBalancingClient elb() {
        return client(ElasticLoadBalancingClient.class, () -> build(ElasticLoadBalancingClient.builder()));
    }

    @Override
    public ElasticLoadBalancingV2Client elbV2() {
        return client(ElasticLoadBalancingV2Client.class, () -> build(ElasticLoadBalancingV2Client.builder()));
    }

    @Override
    public IamClient iam() {
        return client(IamClient.class, () -> build(IamClient.builder()));
    }

    @Override
    public KmsClient kms() {
        return client(KmsClient.class, () -> build(KmsClient.builder()));
    }

    @Override
    public CloudWatchLogsClient logs() {
        return client(CloudWatchLogsClient.class, () -> build(CloudWatchLogsClient.builder()));
    }

    @Override
    public PricingClient pricing() {
        return client(
                PricingClient.class,
                () -> configured(PricingClient.builder(), credentials)
                        .region(PriceRegion.of(region.id()).map(Region::of).orElse(region))
                        .build());
    }

    @Override
    public ResourceGroupsTaggingApiClient tagging() {
        return client(ResourceGroupsTaggingApiClient.class, () -> build(ResourceGroupsTaggingApiClient.builder()));
    }

    @Override
    public ServiceQuotasClient serviceQuotas() {
        return client(ServiceQuotasClient.class, () -> build(ServiceQuotasClient.builder()));
    }

    @Override
    public SsmClient ssm() {
        return client(SsmClient.class, () -> build(SsmClient.builder()));
    }

    @Override
    public StsClient sts() {
        return client(StsClient.class, () -> build(StsClient.builder()));
    }

    @Override
    public AwsCredentialsProvider credentials() {
        return credentials;
    }

    @Override
    public void close() {
        clients.values().forEach(SdkAutoCloseable::close);
        clients.clear();
        if (credentials instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
        http.close();
    }

    private AwsCredentialsProvider assumed(String role, AwsCredentialsProvider own) {
        StsClient sts = configured(StsClient.builder(), own).build();
        clients.put(StsAssumeRoleCredentialsProvider.class, sts);
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(r -> r.roleArn(role).roleSessionName(USER_AGENT))
                .build();
    }

    private <C extends SdkAutoCloseable> C client(Class<C> type, Supplier<C> make) {
        return type.cast(clients.computeIfAbsent(type, t -> make.get()));
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder) {
        return configured(builder, credentials).build();
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
            B builder, AwsCredentialsProvider identity) {
        endpoint.ifPresent(builder::endpointOverride);
        return builder.region(region)
                .httpClient(http)
                .credentialsProvider(identity)
                .overrideConfiguration(o -> {
                    o.retryStrategy(RetryMode.STANDARD)
                            .addExecutionInterceptor(new ShortPauses())
                            .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, USER_AGENT);
                    profile.ifPresent(o::defaultProfileName);
                });
    }
}
