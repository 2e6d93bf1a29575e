// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Lets calls that need credentials at the same time wait for one answer. By itself each of them asks the metadata service of EC2, one
 * after the other, and waits for its timeouts: outside of EC2 a plan took half a minute to say that there are no credentials.
 */
public final class SharedCredentials implements AwsCredentialsProvider, SdkAutoCloseable {
    private final AwsCredentialsProvider provider;
    private @Nullable CompletableFuture<AwsCredentials> underWay;

    public SharedCredentials(AwsCredentialsProvider provider) {
        this.provider = provider;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        CompletableFuture<AwsCredentials> mine = new CompletableFuture<>();
        CompletableFuture<AwsCredentials> answer;
        synchronized (this) {
            answer = underWay == null ? mine : underWay;
            underWay = answer;
        }
        if (answer == mine) {
            resolve(mine);
        }
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void resolve(CompletableFuture<AwsCredentials> answer) {
        try {
            answer.complete(provider.resolveCredentials());
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        } finally {
            synchronized (this) {
                underWay = null;
            }
        }
    }

    @Override
    public void close() {
        if (provider instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
