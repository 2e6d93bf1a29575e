// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.spi.provider.SessionCache;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mockito.Answers;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** A backend named {@code demo} whose clients are mocks that run the real Consumer-of-Builder overloads. */
public final class FakeAws implements State {
    public static final Caller CALLER = new Caller("123456789012", "aws", "arn:aws:iam::123456789012:user/me");

    public final Ec2Client ec2 = mock(Ec2Client.class, Answers.CALLS_REAL_METHODS);
    public final IamClient iam = mock(IamClient.class, Answers.CALLS_REAL_METHODS);
    public final KmsClient kms = mock(KmsClient.class, Answers.CALLS_REAL_METHODS);
    public final AwsContext context;

    private final Map<ResourceId, Object> known = new HashMap<>();

    public FakeAws() {
        AwsClients clients = mock(AwsClients.class);
        when(clients.ec2()).thenReturn(ec2);
        when(clients.iam()).thenReturn(iam);
        when(clients.kms()).thenReturn(kms);
        VirtualTime time = VirtualTime.create();
        context = new AwsContext(
                new BackendRef("aws", "us-west-2", "demo"),
                time,
                new SessionCache(time),
                clients,
                EksSettings.defaults(),
                Map.of());
    }

    /** Makes a resource known, as if it had been read. */
    public FakeAws with(ResourceId id, Object value) {
        known.put(id, value);
        return this;
    }

    @Override
    public <O> Optional<O> find(ResourceId id, Class<O> type) {
        return Optional.ofNullable(known.get(id)).map(type::cast);
    }
}
