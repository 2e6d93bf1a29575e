// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import com.google.api.core.ApiFunction;
import com.google.api.gax.core.BackgroundResource;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.FixedExecutorProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.httpjson.HttpJsonTransportChannel;
import com.google.api.gax.httpjson.ManagedHttpJsonChannel;
import com.google.api.gax.rpc.ClientSettings;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.StatusCode;
import com.google.api.gax.rpc.UnaryCallSettings;
import com.google.auth.Credentials;
import com.google.cloud.compute.v1.AcceleratorTypesClient;
import com.google.cloud.compute.v1.AcceleratorTypesSettings;
import com.google.cloud.compute.v1.GlobalOperationsClient;
import com.google.cloud.compute.v1.GlobalOperationsSettings;
import com.google.cloud.compute.v1.MachineTypesClient;
import com.google.cloud.compute.v1.MachineTypesSettings;
import com.google.cloud.compute.v1.NetworksClient;
import com.google.cloud.compute.v1.NetworksSettings;
import com.google.cloud.compute.v1.RegionOperationsClient;
import com.google.cloud.compute.v1.RegionOperationsSettings;
import com.google.cloud.compute.v1.RegionsClient;
import com.google.cloud.compute.v1.RegionsSettings;
import com.google.cloud.compute.v1.RoutersClient;
import com.google.cloud.compute.v1.RoutersSettings;
import com.google.cloud.compute.v1.SubnetworksClient;
import com.google.cloud.compute.v1.SubnetworksSettings;
import com.google.cloud.container.v1.ClusterManagerClient;
import com.google.cloud.container.v1.ClusterManagerSettings;
import com.google.cloud.gkebackup.v1.BackupForGKEClient;
import com.google.cloud.gkebackup.v1.BackupForGKESettings;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import com.google.cloud.kms.v1.KeyManagementServiceSettings;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.osmo.backend.gcp.internal.Retries;
import io.osmo.backend.gcp.internal.client.JdkTransport;
import io.osmo.backend.gcp.internal.client.PlainCredentials;
import io.osmo.backend.gcp.internal.client.SharedThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Google's client libraries. The clients of all sessions share one background thread. The HTTP clients of a session share one channel,
 * which uses the calling thread. gax retries reads but not changes: only the engine can find out whether a change has taken effect if the
 * response was lost.
 */
final class DefaultGcpClients implements GcpClients {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
    private static final int TLS_PORT = 443;
    private static final int PLAIN_PORT = 80;

    private final GcpTarget target;
    private final Map<Class<?>, BackgroundResource> clients = new HashMap<>();
    private final Map<GcpService, ManagedChannel> channels = new EnumMap<>(GcpService.class);
    private @Nullable ManagedHttpJsonChannel http;
    private @Nullable Credentials credentials;
    private @Nullable String project;

    DefaultGcpClients(GcpTarget target) {
        this.target = target;
    }

    @Override
    public synchronized String project() {
        if (project == null) {
            project = target.project();
        }
        return project;
    }

    @Override
    public synchronized Credentials credentials() {
        if (credentials == null) {
            credentials = target.credentials();
        }
        return credentials;
    }

    @Override
    public ClusterManagerClient clusters() {
        return client(
                ClusterManagerClient.class,
                () -> grpc(GcpService.CONTAINER, ClusterManagerSettings.newBuilder()),
                ClusterManagerSettings.Builder::applyToAllUnaryMethods,
                ClusterManagerClient::create);
    }

    @Override
    public KeyManagementServiceClient keys() {
        return client(
                KeyManagementServiceClient.class,
                () -> grpc(GcpService.KMS, KeyManagementServiceSettings.newBuilder()),
                KeyManagementServiceSettings.Builder::applyToAllUnaryMethods,
                KeyManagementServiceClient::create);
    }

    @Override
    public BackupForGKEClient backups() {
        return client(
                BackupForGKEClient.class,
                () -> grpc(GcpService.BACKUP, BackupForGKESettings.newBuilder()),
                BackupForGKESettings.Builder::applyToAllUnaryMethods,
                BackupForGKEClient::create);
    }

    @Override
    public NetworksClient networks() {
        return client(
                NetworksClient.class,
                () -> http(NetworksSettings.newBuilder()),
                NetworksSettings.Builder::applyToAllUnaryMethods,
                NetworksClient::create);
    }

    @Override
    public SubnetworksClient subnetworks() {
        return client(
                SubnetworksClient.class,
                () -> http(SubnetworksSettings.newBuilder()),
                SubnetworksSettings.Builder::applyToAllUnaryMethods,
                SubnetworksClient::create);
    }

    @Override
    public RoutersClient routers() {
        return client(
                RoutersClient.class,
                () -> http(RoutersSettings.newBuilder()),
                RoutersSettings.Builder::applyToAllUnaryMethods,
                RoutersClient::create);
    }

    @Override
    public RegionsClient regions() {
        return client(
                RegionsClient.class,
                () -> http(RegionsSettings.newBuilder()),
                RegionsSettings.Builder::applyToAllUnaryMethods,
                RegionsClient::create);
    }

    @Override
    public MachineTypesClient machineTypes() {
        return client(
                MachineTypesClient.class,
                () -> http(MachineTypesSettings.newBuilder()),
                MachineTypesSettings.Builder::applyToAllUnaryMethods,
                MachineTypesClient::create);
    }

    @Override
    public AcceleratorTypesClient acceleratorTypes() {
        return client(
                AcceleratorTypesClient.class,
                () -> http(AcceleratorTypesSettings.newBuilder()),
                AcceleratorTypesSettings.Builder::applyToAllUnaryMethods,
                AcceleratorTypesClient::create);
    }

    @Override
    public GlobalOperationsClient globalOperations() {
        return client(
                GlobalOperationsClient.class,
                () -> http(GlobalOperationsSettings.newBuilder()),
                GlobalOperationsSettings.Builder::applyToAllUnaryMethods,
                GlobalOperationsClient::create);
    }

    @Override
    public RegionOperationsClient regionOperations() {
        return client(
                RegionOperationsClient.class,
                () -> http(RegionOperationsSettings.newBuilder()),
                RegionOperationsSettings.Builder::applyToAllUnaryMethods,
                RegionOperationsClient::create);
    }

    @Override
    public URI endpoint(GcpService service) {
        return target.endpoint(service);
    }

    @Override
    public HttpClient http() {
        return target.http();
    }

    @Override
    public int attempts() {
        return target.attempts();
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(BackgroundResource::shutdownNow);
        clients.clear();
        for (GcpService service : GcpService.values()) {
            target.channel(service).ifPresent(channel -> channels.put(service, channel));
        }
        channels.values().forEach(ManagedChannel::shutdownNow);
        channels.clear();
        if (http != null) {
            http.shutdownNow();
        }
    }

    private synchronized <
                    S extends ClientSettings<S>, B extends ClientSettings.Builder<S, B>, C extends BackgroundResource>
            C client(Class<C> type, Supplier<B> settings, ForAllCalls<B> forAllCalls, Opener<S, C> opener) {
        return type.cast(clients.computeIfAbsent(type, t -> open(settings.get(), forAllCalls, opener)));
    }

    private <S extends ClientSettings<S>, B extends ClientSettings.Builder<S, B>, C extends BackgroundResource> C open(
            B settings, ForAllCalls<B> forAllCalls, Opener<S, C> opener) {
        settings.setBackgroundExecutorProvider(FixedExecutorProvider.create(SharedThreads.background()));
        boolean http = HttpJsonTransportChannel.getHttpJsonTransportName()
                .equals(settings.getTransportChannelProvider().getTransportName());
        try {
            forAllCalls.apply(settings, call -> retry(call, http ? Duration.ZERO : CALL_TIMEOUT));
            return opener.open(settings.build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reading calls are those that the vendor marks as retryable; they may be throttled as well.
     *
     * @param timeout of one attempt; zero leaves it to the transport. For any other, a channel over HTTP starts a thread of its own.
     */
    private @Nullable Void retry(UnaryCallSettings.Builder<?, ?> call, Duration timeout) {
        boolean reads = !call.getRetryableCodes().isEmpty();
        call.setRetryableCodes(
                reads && target.attempts() > 1
                        ? Set.of(StatusCode.Code.UNAVAILABLE, StatusCode.Code.RESOURCE_EXHAUSTED)
                        : Set.of());
        call.setRetrySettings(Retries.settings(target.attempts(), timeout));
        return null;
    }

    private <S extends ClientSettings<S>, B extends ClientSettings.Builder<S, B>> B grpc(
            GcpService service, B settings) {
        Credentials used = isPlain(target.endpoint(service)) ? new PlainCredentials(credentials()) : credentials();
        settings.setCredentialsProvider(FixedCredentialsProvider.create(used));
        return settings.setTransportChannelProvider(
                FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel(service))));
    }

    private <S extends ClientSettings<S>, B extends ClientSettings.Builder<S, B>> B http(B settings) {
        settings.setCredentialsProvider(FixedCredentialsProvider.create(credentials()));
        return settings.setTransportChannelProvider(
                FixedTransportChannelProvider.create(HttpJsonTransportChannel.create(httpChannel())));
    }

    private synchronized ManagedChannel channel(GcpService service) {
        return target.channel(service)
                .orElseGet(() -> channels.computeIfAbsent(service, s -> {
                    URI endpoint = target.endpoint(s);
                    boolean plain = isPlain(endpoint);
                    int port = endpoint.getPort() >= 0 ? endpoint.getPort() : plain ? PLAIN_PORT : TLS_PORT;
                    return Grpc.newChannelBuilderForAddress(
                                    endpoint.getHost(),
                                    port,
                                    plain ? InsecureChannelCredentials.create() : TlsChannelCredentials.create())
                            .build();
                }));
    }

    private static boolean isPlain(URI endpoint) {
        return "http".equals(endpoint.getScheme());
    }

    private synchronized ManagedHttpJsonChannel httpChannel() {
        if (http == null) {
            http = ManagedHttpJsonChannel.newBuilder()
                    .setEndpoint(target.endpoint(GcpService.COMPUTE).toString())
                    .setHttpTransport(new JdkTransport(target.http(), CALL_TIMEOUT))
                    .setExecutor(Runnable::run)
                    .build();
        }
        return http;
    }

    @FunctionalInterface
    private interface ForAllCalls<B> {
        B apply(B settings, ApiFunction<UnaryCallSettings.Builder<?, ?>, @Nullable Void> change) throws Exception;
    }

    @FunctionalInterface
    private interface Opener<S, C> {
        C open(S settings) throws IOException;
    }
}
