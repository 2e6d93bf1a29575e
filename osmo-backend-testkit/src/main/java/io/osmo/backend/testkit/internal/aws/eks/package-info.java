/** EKS: a class per collection. Beside the larger ones are classes for rules of requests, updates, instances and nodes. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.eks;

import org.jspecify.annotations.NullMarked;
