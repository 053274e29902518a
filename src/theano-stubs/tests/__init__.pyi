"""theano.tests of Theano 1.0.5."""


from theano.tests import unittest_tools as unittest_tools
