/** Pages of documentation that are made of the sources, and links between pages. */
@NullMarked
package io.osmo.backend.tests.docs;

import org.jspecify.annotations.NullMarked;
