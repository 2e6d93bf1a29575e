// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.Ownership;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.SessionCache;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;

/** One backend on AWS. */
public final class AwsContext extends ProviderContext {
    private final AwsClients clients;
    private final EksSettings settings;
    private final Ownership ownership;

    /** @param tags tags that the spec adds to everything that is created */
    public AwsContext(
            BackendRef ref,
            Scheduler scheduler,
            SessionCache cache,
            AwsClients clients,
            EksSettings settings,
            Map<String, String> tags) {
        super(ref, scheduler, cache);
        this.clients = clients;
        this.settings = settings;
        this.ownership = new Ownership(ref, tags);
    }

    @Override
    public Optional<String> account(Inventory inventory) {
        return Optional.of(Caller.of(inventory).account());
    }

    public EksSettings settings() {
        return settings;
    }

    /** Whether the target offers a feature. */
    public boolean offers(EksFeature feature) {
        return settings.offers(feature);
    }

    /** How objects of this backend are distinguished from others. */
    public Ownership ownership() {
        return ownership;
    }

    public AwsClients clients() {
        return clients;
    }

    public AutoScalingClient autoScaling() {
        return clients.autoScaling();
    }

    public BackupClient backup() {
        return clients.backup();
    }

    public Ec2Client ec2() {
        return clients.ec2();
    }

    public EksClient eks() {
        return clients.eks();
    }

    public IamClient iam() {
        return clients.iam();
    }

    public KmsClient kms() {
        return clients.kms();
    }

    public ResourceGroupsTaggingApiClient tagging() {
        return clients.tagging();
    }

    /**
     * Request id of one creation, for services that return it. Its prefix marks the object as the backend's. It differs for each
     * creation, so that an object can be recreated after its deletion however long the service remembers request ids.
     */
    public String requestId(ResourceId id) {
        return mark(id) + "." + scheduler().now().toEpochMilli();
    }

    /** Whether an object was created by a request of this backend. */
    public boolean isRequestId(ResourceId id, @Nullable String requestId) {
        return requestId != null && requestId.startsWith(mark(id));
    }

    private String mark(ResourceId id) {
        return UUID.nameUUIDFromBytes((ref() + "\n" + id).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    @Override
    protected RuntimeException translate(String operation, RuntimeException failure) {
        return failure instanceof SdkException sdk ? AwsErrors.translate(operation, region(), sdk) : failure;
    }
}
