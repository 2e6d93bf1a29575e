/** Access to the Kubernetes API of an EKS cluster. */
@NullMarked
package io.osmo.backend.aws.internal.access;

import org.jspecify.annotations.NullMarked;
